package dev.temps.control.node;

import java.time.Duration;

/**
 * What liveness is decided from.
 *
 * @param proven whether the mesh was proven since the machine booted
 * @param heardAt monotonic time of the last sign of life, or of the last fresh deadline
 */
public record LivenessState(Liveness liveness, boolean proven, Duration heardAt) {
  private static final Duration LONG_AGO = Duration.ofDays(1);

  /** A node that just registered. */
  public static LivenessState registered(Duration now) {
    return new LivenessState(Liveness.pending, false, now);
  }

  /** A node that was down when the control plane ended: it stays so until it is heard. */
  static LivenessState lost(boolean everReady, Duration now) {
    return new LivenessState(Liveness.down, everReady, now.minus(LONG_AGO));
  }

  /**
   * A node of which only the store's row is known, after the control plane's own start: what was
   * proven counts, and the deadline starts {@code grace} from now.
   */
  public static LivenessState remembered(boolean everReady, Duration now, Duration grace) {
    Liveness liveness = everReady ? Liveness.ready : Liveness.pending;
    return new LivenessState(liveness, everReady, now.plus(grace));
  }
}
