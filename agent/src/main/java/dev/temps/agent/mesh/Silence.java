package dev.temps.agent.mesh;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a peer has been shown not to answer. Only what probes cover counts: this node's own
 * pauses, in which it asked nobody, prove nothing about the peer. Used by one thread.
 */
final class Silence {
  private static final Duration PROBE_MAX = Duration.ofMillis(1_500); // longer was our own pause
  private static final Duration GAP_MAX = Duration.ofSeconds(3);

  private @Nullable Duration from;
  private Duration to = Duration.ZERO;

  /** A probe between these times was answered or not. */
  void probed(boolean answered, Duration start, Duration end) {
    if (answered) {
      from = null;
      return;
    }
    if (from == null || start.minus(to).compareTo(GAP_MAX) > 0) {
      from = start;
    }
    Duration latest = start.plus(PROBE_MAX);
    to = end.compareTo(latest) < 0 ? end : latest;
  }

  /** What is shown so far; zero while it answers. */
  Duration shown() {
    return from == null ? Duration.ZERO : to.minus(from);
  }
}
