package dev.temps.kit.testing;

import dev.temps.kit.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that moves only when told. Wall and monotonic time advance together; {@link #jumpWall}
 * moves the wall alone, as an operator setting the date does. Thread-safe.
 */
public final class FakeTime implements Time {
  private Instant wall;
  private Duration monotonic = Duration.ZERO;

  /** Starts at the given wall time. */
  public FakeTime(Instant start) {
    wall = start;
  }

  /** Starts on an arbitrary fixed day. */
  public FakeTime() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Override
  public synchronized Instant now() {
    return wall;
  }

  @Override
  public synchronized Duration elapsed() {
    return monotonic;
  }

  /** Does not wait: it advances both clocks by {@code length}. */
  @Override
  public void pause(Duration length) {
    advance(length);
  }

  /** Moves both clocks forward. */
  public synchronized void advance(Duration by) {
    wall = wall.plus(by);
    monotonic = monotonic.plus(by);
  }

  /** Moves only the wall clock, either way. */
  public synchronized void jumpWall(Duration by) {
    wall = wall.plus(by);
  }
}
