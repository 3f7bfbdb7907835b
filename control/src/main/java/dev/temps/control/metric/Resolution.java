package dev.temps.control.metric;

import java.time.Duration;

/** How fine history is kept, and for how long; finest first. */
public enum Resolution {
  /** Averages over ten seconds. */
  fine(Duration.ofSeconds(10), Duration.ofHours(1)),
  /** Averages over a minute. */
  minute(Duration.ofMinutes(1), Duration.ofDays(1)),
  /** Averages over a quarter of an hour. */
  quarter(Duration.ofMinutes(15), Duration.ofDays(31));

  private final Duration step;
  private final Duration kept;

  Resolution(Duration step, Duration kept) {
    this.step = step;
    this.kept = kept;
  }

  /** Time between two points. */
  public Duration step() {
    return step;
  }

  /** How far back there are points. */
  public Duration kept() {
    return kept;
  }

  /** The start of the interval a time is in; both in milliseconds since the epoch. */
  public long floor(long millis) {
    return millis - Math.floorMod(millis, step.toMillis());
  }

  /** The finest that goes back so far; the coarsest when none does. */
  public static Resolution reaching(Duration back) {
    for (Resolution one : values()) {
      if (back.compareTo(one.kept) <= 0) {
        return one;
      }
    }
    return quarter;
  }
}
