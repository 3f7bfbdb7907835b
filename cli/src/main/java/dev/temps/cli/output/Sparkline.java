package dev.temps.cli.output;

import java.util.List;
import java.util.OptionalDouble;

/** A curve on one line. Stateless. */
public final class Sparkline {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * One sign for each value between 0 and {@code top}; a gap where there is none. A value above
   * nothing is never drawn as nothing more than the lowest level, one above the top as the highest.
   */
  public static String of(List<OptionalDouble> values, double top) {
    StringBuilder line = new StringBuilder();
    for (OptionalDouble value : values) {
      line.append(value.isPresent() ? level(value.getAsDouble(), top) : ' ');
    }
    return line.toString();
  }

  private static char level(double value, double top) {
    double share = top <= 0 ? 0 : Math.clamp(value / top, 0, 1);
    int highest = LEVELS.length() - 1;
    return LEVELS.charAt((int) Math.round(share * highest));
  }
}
