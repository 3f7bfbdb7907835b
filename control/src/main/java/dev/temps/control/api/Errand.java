package dev.temps.control.api;

import dev.temps.control.access.Caller;
import dev.temps.control.audit.Actor;
import dev.temps.control.node.Node;
import dev.temps.control.workload.AgentGateway;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller may start over a WebSocket. */
interface Errand {
  /** Who was let in. */
  Caller caller();

  /**
   * Starts it.
   *
   * @param first the first message: what to run
   * @param to hears the command
   * @throws dev.temps.kit.ProblemException with the reason why it can't be
   */
  Started start(String first, Actor actor, AgentGateway.ExecCaller to);

  /**
   * A command that was started, or is being.
   *
   * @param node where it is
   * @param limit it is ended after so long; null: never
   */
  record Started(AgentGateway.ExecChannel channel, Node node, @Nullable Duration limit) {}
}
