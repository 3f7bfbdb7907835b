package dev.temps.control.api;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Points in time as callers write them. Stateless. */
final class Moments {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

  private Moments() {}

  /**
   * Reads RFC 3339, or whole seconds since the epoch.
   *
   * @throws dev.temps.kit.ProblemException 422 for anything else
   */
  static Instant parse(String name, String text) {
    try {
      return SECONDS.matcher(text).matches()
          ? Instant.ofEpochSecond(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Problem.invalid(
              name,
              Text.quoted(text) + " is no point in time.",
              "Use RFC 3339, e.g. 2026-11-23T08:00:00Z, or whole seconds since the epoch.")
          .raise();
    }
  }
}
