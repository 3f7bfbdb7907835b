package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The mesh: every ordered pair of nodes.
 *
 * @param distances between zones and within them; empty as long as no node is labelled
 */
@Json
public record MeshView(String pool, int mtu, List<MeshPair> pairs, List<MeshDistance> distances) {
  public MeshView {
    pairs = List.copyOf(pairs);
    distances = List.copyOf(distances);
  }
}
