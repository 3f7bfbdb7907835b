package dev.temps.control.project;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a variable may be called and hold. Refusals never show a value. Stateless. */
public final class VariableRules {
  private static final int VARIABLES_MAX = 1_000;
  // With its name below 32,767 characters: the JSON parser takes no longer text, in agents too.
  private static final int VALUE_BYTES_MAX = 32_000;
  private static final int CHARACTERS_MAX = 512 << 10; // far below what execve takes
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,199}");

  private VariableRules() {}

  /**
   * The variables themselves.
   *
   * @param values as they came from outside
   * @throws dev.temps.kit.ProblemException 422 for a bad name, a missing value, a NUL character or
   *     too much of it
   */
  public static Map<String, String> checked(Map<String, String> values) {
    values.forEach(VariableRules::check);
    long characters =
        values.entrySet().stream()
            .mapToLong(one -> (long) one.getKey().length() + one.getValue().length())
            .sum();
    if (values.size() > VARIABLES_MAX || characters > CHARACTERS_MAX) {
      throw Problem.invalid(
              "variables",
              values.size() + " variables of " + characters + " characters are too much.",
              "At most " + VARIABLES_MAX + " with 512 KiB together; put the rest into files.")
          .raise();
    }
    return values;
  }

  private static void check(String name, @Nullable String value) {
    name(name);
    if (value == null || value.indexOf('\0') >= 0) {
      throw Problem.invalid(
              "variable",
              "The value of " + name + " is missing or holds a NUL character.",
              "Give it as text; encode binary values, e.g. with base64.")
          .raise();
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > VALUE_BYTES_MAX) {
      throw Problem.invalid(
              "variable",
              "The value of " + name + " is longer than " + VALUE_BYTES_MAX + " bytes.",
              "Put it into a file of the image, or a volume, and its path into the variable.")
          .raise();
    }
  }

  /** The name itself, if it could be one. */
  public static String name(@Nullable String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw Problem.invalid(
              "variable",
              Text.quoted(String.valueOf(name)) + " is not a name for a variable.",
              "Use letters, digits, _ . -, not starting with a digit; 200 at most.")
          .raise();
    }
    return name;
  }
}
