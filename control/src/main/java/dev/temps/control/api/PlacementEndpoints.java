package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.put;

import dev.temps.contract.api.PlacementDefaultRequest;
import dev.temps.control.access.Role;
import java.util.List;

/** What apps go by that don't say themselves where they run. */
final class PlacementEndpoints {
  private static final String DEFAULT = "/api/v1/placement";

  private final ApiParts parts;

  PlacementEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    return List.of(
        get(DEFAULT, Role.viewer, this::show).filtered(), put(DEFAULT, Role.operator, this::set));
  }

  private void show(Call call) {
    call.send(parts.placementDefaults().show(call.grant()::reaches));
  }

  private void set(Call call) {
    PlacementDefaultRequest body = call.body(PlacementDefaultRequest.class);
    call.send(parts.placementDefaults().set(body.strategy(), call.grant()::reaches, call.actor()));
  }
}
