package dev.temps.control.node;

import java.time.Duration;
import java.util.List;

/** The life of a node as its control plane sees it. Pure. */
public final class LivenessTransitions {
  /** Silence after which a node counts as gone. */
  public static final Duration DOWN_AFTER = Duration.ofSeconds(30);

  private static final int MISSED_MAX = 3;
  private static final Duration SUSPECT_AFTER_MIN = Duration.ofSeconds(3);

  private LivenessTransitions() {}

  /**
   * Something other rooms must do or know.
   *
   * @param reason one sentence
   */
  public record Effect(Liveness from, Liveness to, String reason) {}

  /** The state after a signal, and what follows from it; no effect when liveness stays. */
  public record Step(LivenessState next, List<Effect> effects) {}

  /** What {@code signal} makes of {@code was} at monotonic time {@code now}. */
  public static Step on(LivenessState was, LivenessSignal signal, Duration now) {
    return switch (signal) {
      case LivenessSignal.SessionOpened opened -> opened(was, opened.rebooted(), now);
      case LivenessSignal.Reported reported -> reported(was, reported.proven(), now);
      case LivenessSignal.Ticked ticked -> ticked(was, ticked.reportEvery(), now);
      case LivenessSignal.PauseEnded() ->
          stay(new LivenessState(was.liveness(), was.proven(), later(was.heardAt(), now)));
    };
  }

  private static Step opened(LivenessState was, boolean rebooted, Duration now) {
    if (rebooted) {
      return to(was, Liveness.pending, false, now, "It booted; its mesh is being proven again.");
    }
    return heard(was, was.proven(), now);
  }

  private static Step reported(LivenessState was, boolean proven, Duration now) {
    // Once proven it stays so until the machine boots again: a broken path is told by the mesh
    // itself, and must not make a whole node unusable.
    return heard(was, proven || was.proven(), now);
  }

  private static Step heard(LivenessState was, boolean proven, Duration now) {
    Liveness next = proven ? Liveness.ready : Liveness.pending;
    String reason =
        switch (was.liveness()) {
          case pending -> "Its mesh is proven.";
          case ready, suspect, down -> "It reports again.";
        };
    return to(was, next, proven, now, reason);
  }

  private static Step ticked(LivenessState was, Duration reportEvery, Duration now) {
    Duration silence = now.minus(was.heardAt());
    Duration suspectAfter = reportEvery.multipliedBy(MISSED_MAX);
    if (suspectAfter.compareTo(SUSPECT_AFTER_MIN) < 0) {
      suspectAfter = SUSPECT_AFTER_MIN;
    }
    Duration downAfter =
        suspectAfter.compareTo(DOWN_AFTER) < 0 ? DOWN_AFTER : suspectAfter.multipliedBy(2);
    if (silence.compareTo(downAfter) > 0) {
      return to(was, Liveness.down, was.proven(), was.heardAt(), silent(silence));
    }
    boolean missed = silence.compareTo(suspectAfter) > 0;
    return switch (was.liveness()) {
      case ready ->
          missed
              ? to(was, Liveness.suspect, was.proven(), was.heardAt(), silent(silence))
              : stay(was);
      case pending, suspect, down -> stay(was);
    };
  }

  private static String silent(Duration silence) {
    return "No report for " + silence.toSeconds() + " s.";
  }

  private static Duration later(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Step stay(LivenessState state) {
    return new Step(state, List.of());
  }

  private static Step to(
      LivenessState was, Liveness next, boolean proven, Duration heardAt, String reason) {
    LivenessState state = new LivenessState(next, proven, heardAt);
    return next == was.liveness()
        ? stay(state)
        : new Step(state, List.of(new Effect(was.liveness(), next, reason)));
  }
}
