package dev.temps.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measurements of one thing. Not thread-safe. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  /** One more. */
  public void add(double value) {
    values.add(value);
  }

  /** How many there are. */
  public int count() {
    return values.size();
  }

  /** Half of them are at most this; NaN without any. */
  public double median() {
    return quantile(0.5);
  }

  /** Nearly all of them are at most this; NaN without any. */
  public double p95() {
    return quantile(0.95);
  }

  /** The largest; NaN without any. */
  public double max() {
    return quantile(1);
  }

  /** Nearest rank: the smallest value that at least this share of all values does not exceed. */
  private double quantile(double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
  }
}
