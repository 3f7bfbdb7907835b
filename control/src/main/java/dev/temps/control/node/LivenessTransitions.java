package dev.temps.control.node;

import java.time.Duration;
import java.util.List;

/** The life of a node as its control plane sees it. Pure. */
public final class LivenessTransitions {
  /** Silence after which a node counts as gone when no other machine can tell. */
  public static final Duration DOWN_AFTER = Duration.ofSeconds(30);

  /** Silence after which a node counts as gone when its witnesses don't reach it either. */
  public static final Duration DOWN_WITH_WITNESSES = Duration.ofSeconds(8);

  /** How the reason of every silent node begins. */
  static final String SILENT = "No report for ";

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
      case LivenessSignal.Ticked ticked -> ticked(was, ticked, now);
      case LivenessSignal.PauseEnded() ->
          was.liveness() == Liveness.down
              ? stay(was) // nothing is waited for
              : stay(new LivenessState(was.liveness(), was.proven(), later(was.heardAt(), now)));
      case LivenessSignal.DeclaredLost lost ->
          to(
              was,
              Liveness.down,
              was.proven(),
              was.heardAt(),
              "Declared lost by " + lost.by() + ".");
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

  private static Step ticked(LivenessState was, LivenessSignal.Ticked tick, Duration now) {
    Duration silence = now.minus(was.heardAt());
    Duration suspectAfter = suspectAfter(tick.reportEvery());
    if (silence.compareTo(suspectAfter) <= 0) {
      return stay(was);
    }
    Liveness next =
        switch (was.liveness()) {
          // Suspicion first, also after a late tick: people see what led to a death.
          case ready -> Liveness.suspect;
          case suspect ->
              gone(tick.verdict(), silence, suspectAfter) ? Liveness.down : was.liveness();
          case pending -> unheard(tick.verdict(), silence) ? Liveness.down : was.liveness();
          case down -> Liveness.down;
        };
    Verdict why = was.liveness() == Liveness.pending ? Verdict.NONE : tick.verdict();
    return to(was, next, was.proven(), was.heardAt(), silent(silence, why));
  }

  /** Silence after which a node is suspected. */
  static Duration suspectAfter(Duration reportEvery) {
    Duration missed = reportEvery.multipliedBy(MISSED_MAX);
    return missed.compareTo(SUSPECT_AFTER_MIN) < 0 ? SUSPECT_AFTER_MIN : missed;
  }

  private static boolean gone(Verdict verdict, Duration silence, Duration suspectAfter) {
    return switch (verdict.kind()) {
      case unreachable -> silence.compareTo(DOWN_WITH_WITNESSES) >= 0;
      case alone -> {
        boolean quick = suspectAfter.compareTo(DOWN_AFTER) < 0;
        yield silence.compareTo(quick ? DOWN_AFTER : suspectAfter.multipliedBy(2)) > 0;
      }
      case unsure, reached, held -> false;
    };
  }

  /** A node whose mesh isn't proven has no witnesses that could hasten it. */
  private static boolean unheard(Verdict verdict, Duration silence) {
    return switch (verdict.kind()) {
      case alone, unsure, unreachable -> silence.compareTo(DOWN_AFTER) > 0;
      case reached, held -> false;
    };
  }

  /** What a person is told of a silent node. */
  static String silent(Duration silence, Verdict verdict) {
    String since = SILENT + Math.max(0, silence.toSeconds()) + " s";
    return verdict.words().isEmpty() ? since + "." : since + "; " + verdict.words() + ".";
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
