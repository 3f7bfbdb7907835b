package dev.temps.control.workload;

import dev.temps.contract.api.ProblemView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import io.helidon.common.tls.Tls;
import javax.net.ssl.SSLContext;

/** What every client of the agent API needs: its TLS, and what went wrong in words. Stateless. */
public final class AgentReplies {
  private static final String TYPE_PREFIX = "/problems/";

  private AgentReplies() {}

  /** TLS in which the context alone decides who is trusted; names don't count. */
  public static Tls tls(SSLContext context) {
    return Tls.builder()
        .sslContext(context)
        .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
        .build();
  }

  /** What the agent of a node refused, in its own words where it has some. */
  public static Problem refusal(String node, int status, String body) {
    try {
      ProblemView view = Json.read(ProblemView.class, body);
      String type = view.type();
      return Problem.of(
          type.startsWith(TYPE_PREFIX) ? type.substring(TYPE_PREFIX.length()) : type,
          status,
          view.title(),
          view.detail(),
          view.next() == null ? "" : view.next());
    } catch (ProblemException | NullPointerException e) {
      return Problem.of(
          "agent-failed",
          502,
          "The agent of " + node + " failed.",
          "It answered with status " + status + "; it may be older than this control plane.",
          "Look into the agent's log on " + node + ".");
    }
  }

  /** Nothing came back from there, or not all of it. */
  public static ProblemException unreachable(String node, String meshAddress, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new ProblemException(
        Problem.of(
            "agent-unreachable",
            502,
            "The agent of " + node + " can't be reached.",
            meshAddress + ": " + root.getMessage(),
            "Look at the mesh with: temps mesh status"),
        cause);
  }
}
