package dev.temps.control.operation;

/** How an operation stands; all but the first are final. */
public enum OperationState {
  /** It goes on, or waits for something its step names. */
  running,
  /** Done. */
  succeeded,
  /** It gave up; the reason says what was left undone. */
  failed,
  /** Somebody cancelled it. */
  cancelled;

  /** Whether nothing more happens. */
  public boolean finished() {
    return this != running;
  }
}
