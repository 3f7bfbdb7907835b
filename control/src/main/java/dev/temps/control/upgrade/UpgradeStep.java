package dev.temps.control.upgrade;

import dev.temps.control.operation.OperationState;

/** What to do next for an upgrade. */
sealed interface UpgradeStep {
  /** Nothing but to tell what it waits for. */
  record Wait(String step) implements UpgradeStep {}

  /** A turn changes. */
  record Mark(Turn turn, TurnState state, String detail) implements UpgradeStep {}

  /** It ends. */
  record End(OperationState state, String reason) implements UpgradeStep {}
}
