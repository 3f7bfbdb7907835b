package dev.temps.control.api;

import dev.temps.control.access.Caller;
import dev.temps.control.access.Role;
import dev.temps.kit.ProblemException;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsUpgradeException;

/**
 * Opens exec WebSockets. Token, role and target are checked before the upgrade; a refused one goes
 * on as a plain request, which {@link ExecEndpoints} answers with the reason. Thread-safe.
 */
public final class ExecSockets {
  private final ApiParts parts;
  private final Targets targets;
  private final Walls walls;

  /** Sockets into the replicas of {@code parts}. */
  public ExecSockets(ApiParts parts) {
    this.parts = parts;
    this.targets = new Targets(parts);
    this.walls = new Walls(parts.database());
  }

  /** The routing to add to the server. */
  public WsRouting.Builder routing() {
    return WsRouting.builder().endpoint(ExecEndpoints.PATH, () -> new ExecSocket(parts, this));
  }

  /** Who was let in, and where to. */
  record Admitted(Caller caller, Targets.Target target) {}

  Admitted admit(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
    try {
      String header = headers.first(HeaderNames.AUTHORIZATION).orElse(null);
      Caller caller = parts.access().check(header);
      caller.must(Role.developer);
      String app =
          PathMatchers.create(ExecEndpoints.PATH)
              .match(prologue.uriPath())
              .path()
              .pathParameters()
              .get("app");
      walls.app(caller, app);
      return new Admitted(caller, targets.one(app, ordinal(prologue.query())));
    } catch (ProblemException e) {
      throw new WsUpgradeException(e.problem().title(), e);
    }
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
