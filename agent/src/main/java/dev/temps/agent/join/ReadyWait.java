package dev.temps.agent.join;

import dev.temps.agent.status.AgentStatus;
import dev.temps.agent.status.StatusFile;
import dev.temps.contract.agent.Condition;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Waits until the control plane has accepted a report that proves the mesh, as the agent writes it
 * down, and says meanwhile what is missing.
 */
final class ReadyWait {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration QUIET = Duration.ofSeconds(2); // ordinary joins print nothing

  private final StatusFile file;
  private final LongPredicate alive;
  private final Time time;

  /** {@code alive} tells whether there is a process of that pid. */
  ReadyWait(StatusFile file, LongPredicate alive, Time time) {
    this.file = file;
    this.alive = alive;
    this.time = time;
  }

  /**
   * Returns the status that says ready.
   *
   * @throws dev.temps.kit.ProblemException 504 {@code not-ready} with what is missing, after a
   *     minute; at once when the control plane refuses the node for good
   */
  AgentStatus await(String nodeId, Console console) throws InterruptedException {
    Duration start = time.elapsed();
    String told = "";
    while (true) {
      Optional<AgentStatus> status = file.read().filter(s -> current(s, nodeId));
      if (status.filter(AgentStatus::ready).isPresent()) {
        return status.orElseThrow();
      }
      status.filter(s -> s.refusedType().equals("node-removed")).ifPresent(ReadyWait::refused);
      Duration waited = time.elapsed().minus(start);
      String missing = missing(status);
      if (waited.compareTo(LIMIT) > 0) {
        throw notReady(missing).raise();
      }
      if (waited.compareTo(QUIET) > 0 && !missing.equals(told)) {
        console.progress("waiting for " + missing);
        told = missing;
      }
      time.pause(POLL);
    }
  }

  /** Written by an agent of this node that still runs; what an earlier one left doesn't count. */
  private boolean current(AgentStatus status, String nodeId) {
    return status.nodeId().equals(nodeId) && alive.test(status.pid());
  }

  /** What is missing until ready, in words. Pure. */
  static String missing(Optional<AgentStatus> status) {
    if (status.isEmpty()) {
      return "the agent to start";
    }
    AgentStatus now = status.orElseThrow();
    if (!now.refused().isEmpty()) {
      return "the control plane, which refuses this node: " + now.refused();
    }
    if (!now.away().isEmpty()) {
      return "the control plane: " + now.away();
    }
    if (now.proven()) {
      return "the control plane to accept a report";
    }
    String troubles =
        now.conditions().stream()
            .filter(c -> !c.ok())
            .map(ReadyWait::words)
            .collect(Collectors.joining("; "));
    return troubles.isEmpty() ? "the mesh to be proven" : troubles;
  }

  private static String words(Condition condition) {
    return condition.name() + ": " + condition.detail();
  }

  private static void refused(AgentStatus status) {
    throw Problem.of(
            "node-removed",
            403,
            "The control plane refuses this node.",
            status.refused(),
            "Invite it again with: temps node token create")
        .raise();
  }

  private static Problem notReady(String missing) {
    return Problem.of(
        "not-ready",
        504,
        "The node has joined but is not ready after a minute.",
        "It waits for " + missing + ".",
        "Its agent goes on trying. If UDP is blocked between the machines, open the WireGuard port"
            + " (51820/udp); the agent's log is /var/log/temps/temps-agent.log or the journal of"
            + " temps-agent.");
  }
}
