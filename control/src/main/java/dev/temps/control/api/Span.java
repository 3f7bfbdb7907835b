package dev.temps.control.api;

import dev.temps.control.metric.Resolution;
import dev.temps.kit.Problem;
import java.time.Duration;

/**
 * From when to when history is asked for, and how fine.
 *
 * @param from first time wanted, milliseconds since the epoch
 * @param to up to it, and not it
 */
record Span(long from, long to, Resolution resolution) {
  private static final Duration USUAL = Duration.ofHours(1);
  private static final int POINTS_MAX = 3_000;

  /**
   * What a call's {@code from}, {@code to} and {@code step} say.
   *
   * @throws dev.temps.kit.ProblemException 422 when that is nothing, or too much
   */
  static Span of(Call call, long now) {
    Long wishedTo = call.moment("to");
    long to = wishedTo == null ? now : wishedTo;
    Long wishedFrom = call.moment("from");
    long from = wishedFrom == null ? to - USUAL.toMillis() : wishedFrom;
    Resolution resolution = resolution(call, Duration.ofMillis(Math.max(0, now - from)));
    long points = (to - from) / resolution.step().toMillis();
    if (from >= to || points > POINTS_MAX) {
      throw Problem.invalid(
              "from",
              from >= to
                  ? "\"from\" is not before \"to\"."
                  : points + " points are too many; at most " + POINTS_MAX + " are sent.",
              "Ask for a shorter time, or a longer step: 10, 60 or 900 seconds.")
          .raise();
    }
    return new Span(from, to, resolution);
  }

  /** What was asked for, or the finest that reaches so far back. */
  private static Resolution resolution(Call call, Duration back) {
    if (call.query("step") == null) {
      return Resolution.reaching(back);
    }
    int step = call.number("step", 1, Integer.MAX_VALUE, 0);
    for (Resolution one : Resolution.values()) {
      if (one.step().toSeconds() == step) {
        return one;
      }
    }
    throw Problem.invalid("step", "There is no step of " + step + " s.", "Use 10, 60 or 900.")
        .raise();
  }

  /** Length of each interval. */
  int stepSeconds() {
    return Math.toIntExact(resolution.step().toSeconds());
  }
}
