package dev.temps.cli.input;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.regex.Pattern;

/** Names that become part of a path of the API. Stateless. */
public final class Segment {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

  private Segment() {}

  /**
   * The name if it could be one.
   *
   * @param what what is named: {@code app}, {@code node}
   * @throws dev.temps.kit.ProblemException when no such thing can have this name
   */
  public static String of(String what, String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw Problem.invalid(
              what.replace(' ', '-') + "-name",
              Text.quoted(text) + " can't be the name of any.",
              "Use letters, digits and inner hyphens.")
          .raise();
    }
    return text;
  }
}
