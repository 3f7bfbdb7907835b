package dev.temps.kit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before try number n: doubling from {@code first} up to {@code most}, with a
 * quarter of jitter so that many waiters don't return together. Immutable.
 */
public record Backoff(Duration first, Duration most) {
  private static final int DOUBLINGS_MAX = 20; // 2^20 × any first wait is beyond every cap

  /** The wait before try {@code attempt}; 0 is the first retry. */
  public Duration before(int attempt, RandomGenerator random) {
    int doublings = Math.clamp(attempt, 0, DOUBLINGS_MAX);
    long base = Math.min(first.toMillis() << doublings, most.toMillis());
    long quarter = Math.max(1, base / 4);
    return Duration.ofMillis(base - quarter / 2 + random.nextLong(quarter));
  }
}
