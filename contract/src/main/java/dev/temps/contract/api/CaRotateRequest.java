package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A wish for another CA.
 *
 * @param without names or ids of nodes that are not waited for; they are left behind
 */
@Json
public record CaRotateRequest(List<String> without) {
  public CaRotateRequest {
    without = without == null ? List.of() : List.copyOf(without);
  }
}
