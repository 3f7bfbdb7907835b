package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that machines are gone, seen by somebody who can see them.
 *
 * @param nodes names or ids
 * @param confirm true does it; otherwise the plan is only shown
 */
@Json
public record LostRequest(List<String> nodes, @Nullable Boolean confirm) {
  public LostRequest {
    nodes = List.copyOf(nodes);
  }
}
