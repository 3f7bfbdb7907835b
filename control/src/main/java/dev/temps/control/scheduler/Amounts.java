package dev.temps.control.scheduler;

import java.util.Locale;

/** Says quantities of cpu and memory in words. Stateless. */
public final class Amounts {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private Amounts() {}

  /** Thousandths of a core as cores: {@code 0.25 cpu}. */
  public static String cpu(long millis) {
    return trimmed(millis / 1000.0, "%.3f") + " cpu";
  }

  /** Bytes in the largest unit that keeps them readable, rounded up: {@code 300 MiB}. */
  public static String memory(long bytes) {
    if (bytes >= 10 * GIB) {
      return trimmed(Math.ceil(bytes * 10.0 / GIB) / 10, "%.1f") + " GiB";
    }
    return bytes >= MIB ? Math.ceilDiv(bytes, MIB) + " MiB" : bytes + " bytes";
  }

  private static String trimmed(double value, String format) {
    String text = String.format(Locale.ROOT, format, value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
