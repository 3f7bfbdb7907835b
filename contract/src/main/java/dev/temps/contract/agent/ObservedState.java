package dev.temps.contract.agent;

/** What an agent sees of a workload. */
public enum ObservedState {
  /** Known, nothing done yet. */
  waiting,
  /** Its image is on the way. */
  pulling,
  /** Container created or starting. */
  starting,
  /** Process is up; see health. */
  running,
  /** Ended by itself; the agent starts it again with backoff. */
  exited,
  /** Stopped because that is desired. */
  stopped,
  /** Can't be made true for now; the reason says why, the agent goes on trying. */
  failed
}
