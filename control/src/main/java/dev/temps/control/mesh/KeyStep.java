package dev.temps.control.mesh;

import dev.temps.control.operation.OperationState;

/** What to do next for a key rotation. */
sealed interface KeyStep {
  /** Nothing but to say where it stands; {@code done} of {@link KeyPlanner#STEPS}. */
  record Wait(String step, int done) implements KeyStep {}

  /** The node is away before anything binds: others may go first. */
  record Release(String step) implements KeyStep {}

  /** The node is to make its next key. */
  record Begin() implements KeyStep {}

  /** Every other node is to know that key, too. */
  record Announce(String key) implements KeyStep {}

  /** The node is to use it. */
  record Turn() implements KeyStep {}

  /** It is the node's key from now on, and the old one counts for nothing. */
  record Adopt(String key) implements KeyStep {}

  /** It ends without a new key. */
  record End(OperationState state, String reason) implements KeyStep {}
}
