package dev.temps.control.http;

import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Slows down those who guess: after twenty refusals within a minute an address has to wait.
 * Accepted requests are not counted. Thread-safe.
 */
public final class RefusalLimiter {
  private static final int REFUSALS_MAX = 20;
  private static final int SOURCES_MAX = 10_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Time time;
  private final Map<String, ArrayDeque<Duration>> refusals = new HashMap<>();

  /** A limiter on the monotonic clock of {@code time}. */
  public RefusalLimiter(Time time) {
    this.time = time;
  }

  /**
   * Runs {@code work} for {@code source} and counts it when it is refused.
   *
   * @throws dev.temps.kit.ProblemException 429 when that address must wait
   */
  public <T> T guard(String source, Supplier<T> work) {
    if (recent(source) >= REFUSALS_MAX) {
      throw Problem.of(
              "too-many-refusals",
              429,
              "Too many refused requests came from this address.",
              source + ": " + REFUSALS_MAX + " within a minute.",
              "Wait a minute, then try again with a valid token.")
          .raise();
    }
    try {
      return work.get();
    } catch (dev.temps.kit.ProblemException e) {
      if (e.problem().status() < 500) {
        count(source);
      }
      throw e;
    }
  }

  private synchronized int recent(String source) {
    ArrayDeque<Duration> times = refusals.get(source);
    if (times == null) {
      return 0;
    }
    Duration now = time.elapsed();
    while (!times.isEmpty() && now.minus(times.getFirst()).compareTo(WINDOW) > 0) {
      times.removeFirst();
    }
    if (times.isEmpty()) {
      refusals.remove(source);
    }
    return times.size();
  }

  private synchronized void count(String source) {
    if (refusals.size() >= SOURCES_MAX) {
      refusals.clear(); // Forgetting lets some guess again; an unbounded map would end us all.
    }
    refusals.computeIfAbsent(source, _ -> new ArrayDeque<>()).addLast(time.elapsed());
  }
}
