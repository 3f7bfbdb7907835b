package dev.temps.agent.join;

import dev.temps.contract.agent.Contract;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.net.URI;

/** What an operator types for a control plane, made whole. Pure. */
final class ControlUrl {
  private ControlUrl() {}

  /**
   * {@code https://HOST:PORT} without a path.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is no such URL
   */
  static String parse(String text) {
    String typed = text.strip();
    String whole = typed.contains("://") ? typed : "https://" + typed;
    try {
      URI uri = URI.create(whole);
      boolean plain =
          uri.getRawUserInfo() == null
              && (uri.getRawPath() == null || uri.getRawPath().matches("/?"))
              && uri.getRawQuery() == null;
      if ("https".equals(uri.getScheme()) && uri.getHost() != null && plain) {
        int port = uri.getPort() < 0 ? Contract.CONTROL_PORT : uri.getPort();
        return "https://" + uri.getHost() + ":" + port;
      }
    } catch (IllegalArgumentException e) {
      throw refused(text).raise();
    }
    throw refused(text).raise();
  }

  private static Problem refused(String text) {
    return Problem.invalid(
        "control-url",
        Text.quoted(text) + " is not the URL of a control plane.",
        "Write it as https://HOST:8443.");
  }
}
