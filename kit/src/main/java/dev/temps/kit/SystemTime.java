package dev.temps.kit;

import java.time.Duration;
import java.time.Instant;

/** The machine's clocks; the one place that reads them. */
enum SystemTime implements Time {
  INSTANCE;

  private static final long START_NANOS = System.nanoTime();

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - START_NANOS);
  }

  @Override
  public void pause(Duration length) throws InterruptedException {
    if (length.isPositive()) {
      Thread.sleep(length);
    }
  }
}
