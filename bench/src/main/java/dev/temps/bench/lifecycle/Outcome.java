package dev.temps.bench.lifecycle;

import java.util.List;
import java.util.Map;

/**
 * What a run gave.
 *
 * @param figures by name; seconds where the name doesn't say otherwise
 * @param failures requests that failed, in words, the first few
 */
record Outcome(Map<String, Double> figures, List<String> failures) {
  Outcome {
    figures = Map.copyOf(figures);
    failures = List.copyOf(failures);
  }

  /** Without requests that could fail. */
  static Outcome of(Map<String, Double> figures) {
    return new Outcome(figures, List.of());
  }

  /** Requests under load, and a figure more. */
  static Outcome of(Tally tally, String name, double value) {
    return new Outcome(tally.figures(name, value), tally.failures());
  }
}
