package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What the removal of a node by force would take from it.
 *
 * @param replicas names of replicas placed there
 */
@Json
public record RemovalView(String node, List<String> replicas) {
  public RemovalView {
    replicas = List.copyOf(replicas);
  }
}
