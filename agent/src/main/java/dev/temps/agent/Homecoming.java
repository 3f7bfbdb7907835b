package dev.temps.agent;

import dev.temps.kit.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * After the machine has booted nothing starts before the control plane has told what is still this
 * node's own: while it was away its work may have been given to others. When nobody tells within
 * ten seconds, the assignment on disk counts. An agent that starts again on a running machine
 * doesn't wait. Thread-safe.
 */
public final class Homecoming {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private final boolean booted;
  private final BooleanSupplier told;
  private final Time time;
  private final Duration start;

  /**
   * From now on.
   *
   * @param booted whether this is the first agent since the machine booted
   * @param told whether the control plane has answered since
   */
  public Homecoming(boolean booted, BooleanSupplier told, Time time) {
    this.booted = booted;
    this.told = told;
    this.time = time;
    this.start = time.elapsed();
  }

  /** Why nothing may start yet, in words; empty when it may. */
  public Optional<String> waiting() {
    boolean over =
        !booted || told.getAsBoolean() || time.elapsed().minus(start).compareTo(PATIENCE) >= 0;
    return over
        ? Optional.empty()
        : Optional.of("The machine has booted; the control plane is asked what is still its own.");
  }

  /** Returns when nothing is waited for any more. */
  void await() throws InterruptedException {
    while (waiting().isPresent()) {
      time.pause(POLL);
    }
  }
}
