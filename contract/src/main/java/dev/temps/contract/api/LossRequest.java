package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Machines to imagine gone.
 *
 * @param nodes names or ids, each once
 */
@Json
public record LossRequest(List<String> nodes) {
  public LossRequest {
    nodes = List.copyOf(nodes);
  }
}
