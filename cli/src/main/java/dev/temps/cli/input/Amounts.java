package dev.temps.cli.input;

import dev.temps.cli.Misuse;
import dev.temps.kit.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people type them. What is no amount is refused with a reason. Stateless. */
public final class Amounts {
  private static final Pattern CPU = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(m?)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s?([kmgt])(?:i?b)?");
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(s|m|h|d)");
  private static final long CORES_MAX = 1024;
  private static final long MEMORY_MAX = 64L << 40; // 64 TiB: more than any machine has

  private Amounts() {}

  /** Cores such as {@code 0.5}, {@code 2} or {@code 500m}, in thousandths; at least one. */
  public static long cpuMillis(String text) {
    Matcher found = CPU.matcher(text.strip());
    String next = "Give cores, e.g. 0.5 or 500m, more than 0 and at most " + CORES_MAX + ".";
    if (!found.matches()) {
      throw refused("cpu", text, next);
    }
    BigDecimal value = new BigDecimal(found.group(1));
    BigDecimal millis = found.group(2).isEmpty() ? value.movePointRight(3) : value;
    long rounded = millis.setScale(0, RoundingMode.HALF_UP).longValue();
    if (rounded < 1 || rounded > CORES_MAX * 1000) {
      throw refused("cpu", text, next);
    }
    return rounded;
  }

  /** Memory such as {@code 256M} or {@code 1.5GiB}, in bytes; units are powers of 1024. */
  public static long bytes(String text) {
    Matcher found = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    String next = "Give a number with a unit, e.g. 256M or 1.5G, at most 64T.";
    if (!found.matches()) {
      throw refused("memory", text, next);
    }
    int power = "kmgt".indexOf(found.group(2)) + 1;
    BigDecimal bytes =
        new BigDecimal(found.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    if (bytes.signum() <= 0 || bytes.compareTo(BigDecimal.valueOf(MEMORY_MAX)) > 0) {
      throw refused("memory", text, next);
    }
    return bytes.longValue();
  }

  /** A length of time such as {@code 90s}, {@code 10m}, {@code 2h} or {@code 7d}. */
  public static Duration duration(String what, String text) {
    Matcher found = LENGTH.matcher(text.strip());
    if (!found.matches()) {
      throw refused(what, text, "Give a number with a unit, e.g. 90s, 10m, 2h or 7d.");
    }
    long number = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** A whole number within bounds. */
  public static int whole(String what, String text, int least, int most) {
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw refused(what, text, "Give a whole number from " + least + " to " + most + ".");
  }

  private static RuntimeException refused(String what, String text, String next) {
    return Misuse.of(Text.quoted(text) + " can't be used for " + what + ".", next);
  }
}
