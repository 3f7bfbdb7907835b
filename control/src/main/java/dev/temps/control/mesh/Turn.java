package dev.temps.control.mesh;

import org.jspecify.annotations.Nullable;

/**
 * From now on the traffic of a pair goes another way.
 *
 * @param from the node in between until now, null for the direct way
 * @param to the node in between from now on, null for the direct way
 */
record Turn(Pair pair, @Nullable String from, @Nullable String to, Why why) {
  /** What it is for. */
  enum Why {
    /** Neither end reached the other. */
    broken,
    /** Neither reached the other through the relay it had. */
    relayBroken,
    /** The relay is no longer there, or no longer reached directly. */
    relayGone,
    /** The direct way has worked for long enough. */
    directAgain,
    /** One of the two is no longer in the cluster. */
    nodeGone
  }
}
