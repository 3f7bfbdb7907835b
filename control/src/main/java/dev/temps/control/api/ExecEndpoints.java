package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.control.access.Role;
import dev.temps.kit.Problem;
import io.helidon.http.HeaderNames;
import java.util.List;

/** The plain HTTP side of exec: who asks without an upgrade, or in vain, is told why. */
final class ExecEndpoints {
  static final String PATH = "/api/v1/apps/{app}/exec";

  private final Targets targets;

  ExecEndpoints(ApiParts parts) {
    this.targets = new Targets(parts);
  }

  List<Endpoint> all() {
    return List.of(get(PATH, Role.developer, this::explain));
  }

  private void explain(Call call) {
    int ordinal = call.number("replica", 1, Integer.MAX_VALUE, 0);
    Targets.Target target = targets.one(call.path("app"), ordinal);
    call.response().header(HeaderNames.UPGRADE, "websocket");
    throw Problem.of(
            "websocket-needed",
            426,
            "This page speaks WebSocket only.",
            "exec in " + target.name(),
            "Use temps exec, or open a WebSocket (version 13) with the same token.")
        .raise();
  }
}
