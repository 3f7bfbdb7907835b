package dev.temps.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Quantities in units people read at a glance. Stateless. */
public final class Human {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final long STEP = 1024;

  private Human() {}

  /** Bytes in the largest unit that leaves a number above one: {@code 512 MiB}, {@code 1.5 GiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return number(value) + " " + UNITS[unit];
  }

  /** Thousandths of a core as cores: {@code 0.5}, {@code 2}. */
  public static String cores(long millis) {
    if (millis % 1000 == 0) {
      return Long.toString(millis / 1000);
    }
    String text = String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    return text.replaceAll("0+$", "");
  }

  /** How long ago something was: {@code 45s}, {@code 3m}, {@code 5h}, {@code 12d}; − for never. */
  public static String age(long atMillis, long nowMillis) {
    return atMillis <= 0 ? "-" : span(Duration.ofMillis(nowMillis - atMillis));
  }

  /** A length of time in one unit; negative ones, from a clock that differs, count as none. */
  public static String span(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }

  /** A round trip: {@code 0.42 ms}; − for none. */
  public static String micros(long micros) {
    return micros < 0 ? "-" : String.format(Locale.ROOT, "%.2f ms", micros / 1000.0);
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) || value >= 100;
    return String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", value);
  }
}
