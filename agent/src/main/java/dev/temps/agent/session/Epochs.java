package dev.temps.agent.session;

import dev.temps.kit.Problem;

/** The rule that an epoch never falls, in words. */
final class Epochs {
  private static final String LOWER = "epoch-lower";
  private static final String SUPERSEDED = "superseded";

  private Epochs() {}

  /** Whether another control plane has to be found, because this one was replaced. */
  static boolean replaced(Problem refusal) {
    return refusal.type().equals(LOWER) || refusal.type().equals(SUPERSEDED);
  }

  static Problem lower(long offered, long seen) {
    return Problem.conflict(
        LOWER,
        "The control plane is older than this node's assignment.",
        "It speaks for epoch "
            + offered
            + " but this node has seen epoch "
            + seen
            + ": it was started from an old copy of its data. What runs here goes on.",
        "Stop that control plane and start the newer one, or restore it as documented.");
  }
}
