package dev.temps.control.drain;

import dev.temps.control.node.Availability;
import dev.temps.control.operation.OperationState;

/** What to do next for a drain. */
sealed interface DrainStep {
  /** It goes on. */
  record GoOn(String step, int done, int total) implements DrainStep {}

  /** It ends, and the operator's wish for the node becomes {@code wish}. */
  record End(OperationState state, String reason, Availability wish) implements DrainStep {}
}
