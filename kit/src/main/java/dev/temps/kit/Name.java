package dev.temps.kit;

import java.util.regex.Pattern;

/**
 * A name a person gave to a node, project or environment: a DNS label, because it becomes part of
 * host names and file names. Lower-case letters, digits and inner hyphens, 1 to 40 characters.
 */
public record Name(String value) {
  private static final int LENGTH_MAX = 40; // 63 of a DNS label − room for "-preview-12" and such
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  public Name {
    if (value.length() > LENGTH_MAX || !SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a name");
    }
  }

  /**
   * Parses a name.
   *
   * @param what what is being named, for the refusal: {@code node name}
   * @throws ProblemException 422 with the rule, when the text is no name
   */
  public static Name parse(String what, String text) {
    if (text.length() > LENGTH_MAX || !SHAPE.matcher(text).matches()) {
      throw Problem.invalid(
              what.replace(' ', '-'),
              Text.quoted(text) + " is not a valid " + what + ".",
              "Use 1 to 40 lower-case letters, digits and inner hyphens.")
          .raise();
    }
    return new Name(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
