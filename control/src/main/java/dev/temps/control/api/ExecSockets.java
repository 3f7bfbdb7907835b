package dev.temps.control.api;

import dev.temps.control.access.Caller;
import dev.temps.control.access.Role;
import dev.temps.control.project.ProjectStore;
import dev.temps.kit.ProblemException;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsUpgradeException;

/**
 * Opens exec and run WebSockets. Token, role and target are checked before the upgrade; a refused
 * one goes on as a plain request, which {@link ExecEndpoints} answers with the reason. Thread-safe.
 */
public final class ExecSockets {
  private final ApiParts parts;
  private final Targets targets;
  private final Walls walls;

  /** Sockets to commands in the apps of {@code parts}. */
  public ExecSockets(ApiParts parts) {
    this.parts = parts;
    this.targets = new Targets(parts);
    this.walls = new Walls(parts.database());
  }

  /** The routing to add to the server. */
  public WsRouting.Builder routing() {
    return WsRouting.builder()
        .endpoint(ExecEndpoints.PATH, () -> new ExecSocket(parts, this::exec))
        .endpoint(ExecEndpoints.RUN_PATH, () -> new ExecSocket(parts, this::run));
  }

  private Errand exec(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
    try {
      String app = app(prologue, ExecEndpoints.PATH);
      Caller caller = admit(headers, app);
      return new ExecErrand(parts, caller, targets.one(app, ordinal(prologue.query())));
    } catch (ProblemException e) {
      throw new WsUpgradeException(e.problem().title(), e);
    }
  }

  private Errand run(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
    try {
      String app = app(prologue, ExecEndpoints.RUN_PATH);
      Caller caller = admit(headers, app);
      parts.database().read(handle -> ProjectStore.get(handle, app));
      return new RunErrand(parts, caller, app);
    } catch (ProblemException e) {
      throw new WsUpgradeException(e.problem().title(), e);
    }
  }

  private Caller admit(Headers headers, String app) {
    Caller caller = parts.access().check(headers.first(HeaderNames.AUTHORIZATION).orElse(null));
    caller.must(Role.developer);
    walls.app(caller, app);
    return caller;
  }

  private static String app(HttpPrologue prologue, String path) {
    return PathMatchers.create(path).match(prologue.uriPath()).path().pathParameters().get("app");
  }

  private static int ordinal(UriQuery query) throws WsUpgradeException {
    String text = query.first("replica").orElse("");
    try {
      return text.isEmpty() ? 0 : Math.max(1, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new WsUpgradeException("replica is no number", e);
    }
  }
}
