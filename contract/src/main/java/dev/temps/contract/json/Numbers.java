package dev.temps.contract.json;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds numbers in JSON that the parser would take for others: what does not fit 64 bits wraps
 * around, and a large exponent becomes 0. Stateless.
 */
final class Numbers {
  // Texts are matched whole, so that what looks like a number inside of one is left alone.
  private static final Pattern TEXT_OR_NUMBER =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|(-?[0-9][0-9.eE+-]*+)", Pattern.DOTALL);

  // One digit less than the largest has: all of these fit.
  private static final int DIGITS_SAFE = 18;

  private Numbers() {}

  /** The first that is misread; empty when all are read as they stand. */
  static Optional<String> misread(String json) {
    Matcher found = TEXT_OR_NUMBER.matcher(json);
    while (found.find()) {
      String number = found.group(1);
      if (number != null && !fits(number)) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  private static boolean fits(String number) {
    if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
      return false;
    }
    if (number.length() <= DIGITS_SAFE || number.indexOf('.') >= 0) {
      return true;
    }
    try {
      Long.parseLong(number);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
