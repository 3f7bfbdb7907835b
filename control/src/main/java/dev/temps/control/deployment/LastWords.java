package dev.temps.control.deployment;

import dev.temps.contract.agent.LogLine;
import dev.temps.control.workload.AgentGateway;
import dev.temps.control.workload.LogQuery;
import dev.temps.kit.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Fetches the last log lines of a replica that failed. Thread-safe. */
final class LastWords {
  private static final int LINES = 10;
  private static final int LINE_MAX = 300;

  private final AgentGateway gateway;

  LastWords(AgentGateway gateway) {
    this.gateway = gateway;
  }

  /** The lines, or nothing when they can't be had: they only help, they decide nothing. */
  String of(@Nullable Member member, Replica replica) {
    if (member == null || !member.heard()) {
      return "";
    }
    Deque<String> last = new ArrayDeque<>();
    LogQuery query = new LogQuery(LINES, null, false);
    try (AgentGateway.LogStream log = gateway.logs(member.agent(), replica.id(), query)) {
      for (LogLine line = log.next(); line != null; line = log.next()) {
        String text = line.line();
        last.add(text.length() > LINE_MAX ? text.substring(0, LINE_MAX) + "…" : text);
        if (last.size() > LINES) {
          last.removeFirst();
        }
      }
    } catch (ProblemException e) {
      return "\n(its log can't be had: " + e.problem().line() + ")";
    }
    return last.isEmpty() ? "" : "\nits last words:\n" + String.join("\n", last);
  }
}
