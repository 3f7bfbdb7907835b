package dev.temps.kit.testing;

import dev.temps.kit.Time;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until something becomes true, so that a test never guesses how long a thing takes. On
 * failure it says what was awaited, the last error seen, and what {@code state} prints.
 */
public final class Eventually {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /** Waits at most {@code limit} for {@code condition}; exceptions count as "not yet". */
  public static void eventually(Duration limit, String what, Callable<Boolean> condition) {
    eventually(limit, what, condition, () -> "");
  }

  /** As above; {@code state} is printed when the wait fails. */
  public static void eventually(
      Duration limit, String what, Callable<Boolean> condition, Supplier<String> state) {
    Time time = Time.system();
    Duration end = time.elapsed().plus(limit);
    @Nullable Throwable last = null;
    do {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting until " + what, e);
      } catch (Exception | AssertionError e) {
        last = e;
      }
      pause(time);
    } while (time.elapsed().compareTo(end) < 0);
    throw new AssertionError(
        "not within " + limit.toMillis() + " ms: " + what + "\n" + state.get(), last);
  }

  private static void pause(Time time) {
    try {
      time.pause(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }
}
