package dev.temps.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Ratios of pairs measured one right after the other. Not thread-safe. */
public final class Ratios {
  /** With 15 pairs the median lies between the 4th and the 12th in 96.5 % of all cases. */
  public static final int PAIRS = 15;

  private static final int LOW = 4;
  private static final int HIGH = 12;

  private final List<Double> all = new ArrayList<>();

  /** Adds one. */
  public void add(double ratio) {
    all.add(ratio);
  }

  private double rank(int rank) {
    List<Double> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return sorted.get(rank - 1);
  }

  /** The one in the middle. */
  public double median() {
    return rank((PAIRS + 1) / 2);
  }

  /** Lower end of the interval. */
  public double low() {
    return rank(LOW);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f × (%.3f–%.3f)", median(), low(), rank(HIGH));
  }
}
