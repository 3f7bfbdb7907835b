package dev.temps.control.upgrade;

/** How far a node's turn is. */
public enum TurnState {
  /** It has not begun. */
  waiting,
  /** Its agent was told and has not finished. */
  ordered,
  /** It runs the release. */
  done,
  /** Its old release is back. */
  back,
  /** It could not be upgraded because it was away. */
  skipped
}
