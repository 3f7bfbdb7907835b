package dev.temps.sim;

import dev.temps.kit.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * The clocks of one machine. Both run a little faster or slower than they should; only the wall
 * clock is ever set.
 */
final class SimClock implements Time {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SimTime time;
  private final long driftPerMillion;
  private Duration set = Duration.ZERO;

  SimClock(SimTime time, long driftPerMillion) {
    this.time = time;
    this.driftPerMillion = driftPerMillion;
  }

  @Override
  public Instant now() {
    return START.plus(elapsed()).plus(set);
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(
        time.now() * NANOS_PER_MILLI + time.now() * driftPerMillion); // 1 ms / 10^6 is 1 ns
  }

  /** Nobody waits here: whoever pauses goes on at once, within the same instant. */
  @Override
  public void pause(Duration length) {}

  /** Somebody sets the date. */
  void set(Duration by) {
    set = set.plus(by);
  }
}
