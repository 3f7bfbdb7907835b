package dev.temps.agent.session;

import dev.temps.contract.api.ProblemView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A refusal on the wire (problem+json) back to a {@link Problem}. Stateless. */
public final class Problems {
  private static final Pattern URL = Pattern.compile("\"url\"\\s*:\\s*\"([^\"\\\\]{1,200})\"");

  private Problems() {}

  /** The problem in the body; one in our own words when the body is something else. */
  public static Problem read(int status, String body) {
    try {
      ProblemView view = Json.read(ProblemView.class, body);
      String type = view.type().substring(view.type().lastIndexOf('/') + 1);
      Matcher url = URL.matcher(body); // the only further member an agent looks at
      return new Problem(
          type,
          status,
          Objects.requireNonNullElse(view.title(), "The control plane refused."),
          Objects.requireNonNullElse(view.detail(), ""),
          Objects.requireNonNullElse(view.next(), ""),
          url.find() ? Map.of("url", url.group(1)) : Map.of());
    } catch (ProblemException | NullPointerException e) {
      return Problem.of(
          "unexpected-answer",
          status,
          "The control plane answered with status " + status + ".",
          body.isBlank() ? "" : dev.temps.kit.Text.quoted(body),
          "Look at its log: /var/log/temps/temps-control.log");
    }
  }
}
