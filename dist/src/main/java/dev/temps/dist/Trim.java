package dev.temps.dist;

import dev.temps.kit.Time;
import java.time.Duration;

/**
 * Gives back memory that only the start or a burst needed: a small heap that is seldom full is
 * seldom collected, and so never shrinks by itself. A collection of such a heap takes some 30 ms.
 */
final class Trim {
  private static final Duration AFTER_START = Duration.ofSeconds(20);
  private static final Duration EVERY = Duration.ofMinutes(5);

  private Trim() {}

  /** Begins, on a thread that ends with the process. */
  static void start(Time time) {
    Thread.ofVirtual().name("trim").start(() -> trim(time));
  }

  private static void trim(Time time) {
    try {
      time.pause(AFTER_START);
      while (true) {
        System.gc();
        time.pause(EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
