package dev.temps.cli.input;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A point in time as people type it. Stateless. */
public final class Since {
  private Since() {}

  /**
   * A length of time before now such as {@code 10m}, or a time such as {@code
   * 2026-11-23T10:00:00Z}.
   */
  public static Instant parse(String text, Instant now) {
    if (text.matches("\\d+[smhd]")) {
      return now.minus(Amounts.duration("since", text));
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ProblemException(
          Problem.invalid(
              "since", "It is no time.", "Give a length such as 10m, or 2026-11-23T10:00:00Z."),
          e);
    }
  }
}
