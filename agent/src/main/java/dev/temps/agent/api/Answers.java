package dev.temps.agent.api;

import dev.temps.agent.runtime.EngineException;
import dev.temps.contract.api.ProblemView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Text;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** JSON answers, and every failure of a handler as problem+json. Stateless. */
final class Answers {
  private static final Logger LOG = System.getLogger(Answers.class.getName());

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private Answers() {}

  /** A number of a path or query; anything else is refused with the field's name. */
  static long number(String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw Problem.invalid(name, Text.quoted(text) + " is no number.", "").raise();
    }
    return Long.parseLong(text);
  }

  static void handleErrors(HttpRouting.Builder routing) {
    routing.error(ProblemException.class, (q, a, e) -> send(a, e.problem()));
    routing.error(EngineException.class, (q, a, e) -> send(a, of(e)));
    routing.error(HttpException.class, (q, a, e) -> send(a, of(e)));
    routing.error(Throwable.class, Answers::unexpected);
  }

  static void json(ServerResponse response, String text) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What the engine said no to, for the caller. */
  static Problem of(EngineException e) {
    return switch (e.kind()) {
      case missing -> Problem.of("no-such-container", 404, "It isn't there.", e.words(), "");
      case conflict -> Problem.of("conflict", 409, "That can't be done now.", e.words(), "");
      case denied -> Problem.of("registry-denied", 403, "The registry refused.", e.words(), "");
      case unreachable ->
          Problem.of(
              "docker-away",
              503,
              "Docker is not running on this node.",
              e.words(),
              "Start it there: systemctl start docker");
      case slow, interrupted ->
          Problem.of("docker-slow", 504, "Docker did not answer in time.", e.words(), "Try again.");
      case refused -> Problem.of("docker-refused", 422, "Docker refused.", e.words(), "");
    };
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
            "The agent failed at this request.",
            where,
            "Its log says why: /var/log/temps/temps-agent.log, or journalctl -u temps-agent."));
  }

  private static void send(ServerResponse response, Problem problem) {
    if (response.isSent()) {
      return;
    }
    ProblemView view =
        new ProblemView(
            "/problems/" + problem.type(),
            problem.title(),
            problem.status(),
            problem.detail(),
            problem.next().isEmpty() ? null : problem.next());
    response.status(Status.create(problem.status()));
    response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    response.send(Json.write(view).getBytes(StandardCharsets.UTF_8));
  }
}
