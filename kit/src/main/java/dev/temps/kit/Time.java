package dev.temps.kit;

import java.time.Duration;
import java.time.Instant;

/**
 * The only source of time. Wall and monotonic clocks are apart because a lease measured on a wall
 * clock ends when somebody sets the date. Implementations are thread-safe.
 */
public interface Time {
  /** Wall clock, for what people read and what certificates compare. May jump both ways. */
  Instant now();

  /** Monotonic time since an arbitrary start, for timeouts and leases. Never goes back. */
  Duration elapsed();

  /**
   * Waits for {@code length}; zero or less returns at once.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  void pause(Duration length) throws InterruptedException;

  /** Wall clock as epoch milliseconds, the form of every stored timestamp. */
  default long millis() {
    return now().toEpochMilli();
  }

  /** The machine's own clocks. */
  static Time system() {
    return SystemTime.INSTANCE;
  }
}
