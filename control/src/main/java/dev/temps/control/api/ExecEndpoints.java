package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.control.access.Role;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.kit.Problem;
import io.helidon.http.HeaderNames;
import java.util.List;

/** The plain HTTP side of exec and run: who asks without an upgrade, or in vain, is told why. */
final class ExecEndpoints {
  static final String PATH = "/api/v1/apps/{app}/exec";
  static final String RUN_PATH = "/api/v1/apps/{app}/run";

  private final ApiParts parts;
  private final Targets targets;

  ExecEndpoints(ApiParts parts) {
    this.parts = parts;
    this.targets = new Targets(parts);
  }

  List<Endpoint> all() {
    return List.of(get(PATH, Role.developer, this::exec), get(RUN_PATH, Role.developer, this::run));
  }

  private void exec(Call call) {
    int ordinal = call.number("replica", 1, Integer.MAX_VALUE, 0);
    explain(call, "exec in " + targets.one(call.path("app"), ordinal).name());
  }

  private void run(Call call) {
    Environment app = parts.database().read(handle -> ProjectStore.get(handle, call.path("app")));
    explain(call, "run from " + app.app());
  }

  private static void explain(Call call, String what) {
    call.response().header(HeaderNames.UPGRADE, "websocket");
    throw Problem.of(
            "websocket-needed",
            426,
            "This page speaks WebSocket only.",
            what,
            "Use the command temps, or open a WebSocket (version 13) with the same token.")
        .raise();
  }
}
