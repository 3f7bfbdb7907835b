package dev.temps.bench.lifecycle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Answers of one load, asked what a user would ask. Immutable.
 *
 * @param answers of requests that are through
 * @param lost requests that were due and of which nothing was heard
 */
record Tally(List<Answer> answers, int lost) {
  Tally {
    answers = answers.stream().sorted(Comparator.comparingInt(Answer::number)).toList();
  }

  int failed() {
    return lost + (int) answers.stream().filter(a -> !a.ok()).count();
  }

  int total() {
    return lost + answers.size();
  }

  /** Failures in words, the first few. */
  List<String> failures() {
    return answers.stream()
        .filter(a -> !a.ok())
        .limit(10)
        .map(a -> a.dueMillis() + " +" + a.tookMillis() + " ms: " + a.status() + " " + a.text())
        .toList();
  }

  /** How many answered and failed, the longest wait, and one figure more. */
  Map<String, Double> figures(String name, double value) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("requests", (double) total());
    figures.put("failed", (double) failed());
    figures.put("longest", longestMillis() / 1000.0);
    figures.put(name, value);
    return figures;
  }

  long longestMillis() {
    return answers.stream().mapToLong(Answer::tookMillis).max().orElse(0);
  }

  /** When the first good answer of that kind to a request due after that time was there. */
  OptionalLong firstAfter(long millis, Predicate<String> kind) {
    return answers.stream()
        .filter(a -> a.ok() && a.dueMillis() > millis && kind.test(a.text()))
        .mapToLong(Answer::doneMillis)
        .min();
  }

  /**
   * When only answers of that kind were left: the arrival of the first one due after the last of
   * another kind. Empty when the last of all is of another kind, or failed.
   */
  OptionalLong settledOn(long afterMillis, Predicate<String> kind) {
    long lastOther =
        answers.stream()
            .filter(a -> !a.ok() || !kind.test(a.text()))
            .mapToLong(Answer::dueMillis)
            .max()
            .orElse(afterMillis);
    return firstAfter(Math.max(afterMillis, lastOther), kind);
  }
}
