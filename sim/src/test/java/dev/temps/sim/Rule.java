package dev.temps.sim;

/** What must hold after every event, and in the end. */
enum Rule {
  /** What has data runs once in the whole cluster. */
  PINNED_ONCE,
  /** So does what is exclusive. */
  EXCLUSIVE_ONCE,
  /** What is reserved on a node fits its machine. */
  CAPACITY,
  /** Nothing new is placed on a node that is not active, not ready, or gone. */
  PLACED_WELL,
  /** A removed node's key is given to no peer. */
  REMOVED_KEY,
  /** A drain takes no healthy copy before its successor is healthy. */
  GENTLE_DRAIN,
  /** A machine that is well and can be reached does not become down. */
  TRUE_LIVENESS,
  /** Once nothing goes wrong any more, what is wanted and what runs are the same. */
  CONVERGENCE
}
