package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What the removal of a node by force would take from it.
 *
 * @param replicas names of replicas placed there
 * @param volumes volumes whose data is there, as app:name; they are lost
 */
@Json
public record RemovalView(String node, List<String> replicas, List<String> volumes) {
  public RemovalView {
    replicas = List.copyOf(replicas);
    volumes = List.copyOf(volumes);
  }
}
