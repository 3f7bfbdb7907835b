package dev.temps.control.backup;

import dev.temps.control.node.Node;

/** The way to the agents that keep snapshots. Thread-safe. */
public interface Courier {
  /**
   * Gives a node a copy to keep.
   *
   * @throws dev.temps.kit.ProblemException when it can't be reached, or refuses; {@code
   *     epoch-lower} when it follows a newer control plane
   */
  void send(Node node, Snapshots.Taken snapshot, long epoch);

  /**
   * Tells a node that a control plane of that epoch asks, which it then follows rather than one of
   * a lower one, and asks for the highest epoch it has seen.
   *
   * @throws dev.temps.kit.ProblemException when it can't be reached
   */
  long epochSeen(Node node, long own);

  /**
   * Makes a node give up something unclaimed.
   *
   * @throws dev.temps.kit.ProblemException 404 when it has no such thing
   */
  void discard(Node node, String id);
}
