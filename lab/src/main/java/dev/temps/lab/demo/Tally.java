package dev.temps.lab.demo;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what became of requests. Thread-safe. */
final class Tally {
  private long answered;
  private long failed;
  private Duration slowest = Duration.ZERO;
  private @Nullable Duration firstFailure;
  private @Nullable Duration lastFailure;
  private final Map<String, Long> failures = new TreeMap<>();

  /** One more answer, which took so long. */
  synchronized void answered(Duration took) {
    answered++;
    if (took.compareTo(slowest) > 0) {
      slowest = took;
    }
  }

  /**
   * One more failure.
   *
   * @param why its status, or what else came
   * @param now when, on a clock of the caller's
   */
  synchronized void failed(String why, Duration now) {
    failed++;
    failures.merge(why, 1L, Long::sum);
    lastFailure = now;
    if (firstFailure == null) {
      firstFailure = now;
    }
  }

  /** The counts of now. */
  synchronized Counts counts() {
    String words =
        failures.entrySet().stream()
            .map(entry -> entry.getKey() + " ×" + entry.getValue())
            .collect(Collectors.joining(", "));
    return new Counts(answered, failed, slowest, firstFailure, lastFailure, words);
  }
}
