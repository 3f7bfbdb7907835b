package dev.temps.agent.workload;

import dev.temps.kit.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls once at a time set before; setting an earlier time replaces it. Thread-safe. */
final class Alarm {
  private final Time time;
  private final Runnable ring;
  private @Nullable Duration set;

  Alarm(Time time, Runnable ring) {
    this.time = time;
    this.ring = ring;
  }

  /** Rings at {@code when} on the clock of {@code Time.elapsed}, unless set earlier already. */
  synchronized void at(Duration when) {
    Duration known = set;
    if (known == null || when.compareTo(known) < 0) {
      set = when;
      Thread.ofVirtual().name("alarm").start(() -> await(when));
    }
  }

  private void await(Duration when) {
    try {
      time.pause(when.minus(time.elapsed()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (when.equals(set)) {
        set = null;
      }
    }
    ring.run();
  }
}
