package dev.temps.lab.command;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people type them: {@code 512m}, {@code 2g}, {@code 1.5GiB}, plain bytes. */
final class Sizes {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)([kmgt]?)(i?b)?");

  private Sizes() {}

  /** Bytes; the units are powers of 1024. */
  static long parse(String option, String text) {
    Matcher match = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw Problem.invalid(
              option, Text.quoted(text) + " is no size.", "Write 512m or 2g, for example.")
          .raise();
    }
    int shift = "kmgt".indexOf(match.group(2)) + 1;
    double factor = match.group(2).isEmpty() ? 1 : 1L << (10 * shift);
    return Math.round(Double.parseDouble(match.group(1)) * factor);
  }
}
