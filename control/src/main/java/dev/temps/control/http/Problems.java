package dev.temps.control.http;

import dev.temps.contract.api.ProblemView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.TreeMap;

/** Turns every failure of a handler into problem+json. Stateless. */
public final class Problems {
  private static final Logger LOG = System.getLogger(Problems.class.getName());
  private static final JsonType<String> STRING = Jsonb.builder().build().type(String.class);

  private Problems() {}

  /** Adds the mapping to a routing; the page for unknown paths must be added last. */
  public static void handle(HttpRouting.Builder routing) {
    routing.error(ProblemException.class, (_, response, e) -> send(response, e.problem()));
    routing.error(HttpException.class, (_, response, e) -> send(response, of(e)));
    routing.error(Throwable.class, Problems::unexpected);
  }

  /** Answers unknown paths in the same form. */
  public static void unknownPath(ServerRequest request, ServerResponse response) {
    send(
        response,
        Problem.of(
            "no-such-page",
            404,
            "There is nothing under this path.",
            request.prologue().method().text() + " " + request.path().path(),
            "See /api/v1/openapi.yaml for what there is."));
  }

  private static Problem of(HttpException e) {
    return Problem.of(
        "bad-request",
        e.status().code(),
        "The request can't be handled.",
        String.valueOf(e.getMessage()),
        "");
  }

  private static void unexpected(ServerRequest request, ServerResponse response, Throwable e) {
    String where = request.prologue().method().text() + " " + request.path().path();
    LOG.log(Level.ERROR, where + " failed", e);
    send(
        response,
        Problem.of(
            "internal-error",
            500,
            "The control plane failed at this request.",
            where,
            "Its log says why: /var/log/temps/temps-control.log, or journalctl -u temps-control."));
  }

  /** Sends a problem as the whole answer. */
  public static void send(ServerResponse response, Problem problem) {
    if (response.isSent()) {
      return;
    }
    response.status(Status.create(problem.status()));
    response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    response.send(json(problem).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A problem as RFC 9457 writes it, further members included. */
  public static String json(Problem problem) {
    String base =
        Json.write(
            new ProblemView(
                "/problems/" + problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.next().isEmpty() ? null : problem.next()));
    StringBuilder all = new StringBuilder(base.substring(0, base.length() - 1));
    new TreeMap<>(problem.extra())
        .forEach((name, value) ->
            all.append(',').append(STRING.toJson(name)).append(':').append(STRING.toJson(value)));
    return all.append('}').toString();
  }
}
