package dev.temps.bench.scale;

import dev.temps.kit.Time;
import java.time.Duration;
import java.time.Instant;

/** Clocks that stand still until somebody moves them. Thread-safe. */
final class HandTime implements Time {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Duration elapsed = Duration.ZERO;

  @Override
  public synchronized Instant now() {
    return START.plus(elapsed);
  }

  @Override
  public synchronized Duration elapsed() {
    return elapsed;
  }

  /** Nobody waits here. */
  @Override
  public void pause(Duration length) {}

  synchronized void move(Duration by) {
    elapsed = elapsed.plus(by);
  }
}
