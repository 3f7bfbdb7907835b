package dev.temps.cli.input;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Labels and environment variables: {@code key=value}. Values are never shown in a refusal. */
public final class Pairs {
  private static final Pattern LABEL_KEY = Pattern.compile("[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private Pairs() {}

  /** Labels, in their order; the same key twice is refused. */
  public static Map<String, String> labels(List<String> texts) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String text : texts) {
      int at = text.indexOf('=');
      String key = at < 0 ? text : text.substring(0, at);
      if (at < 0 || !LABEL_KEY.matcher(key).matches()) {
        throw Problem.invalid(
                "label",
                Text.quoted(text) + " is not key=value.",
                "Keys are lower-case letters, digits and inner . _ / -, e.g. region=eu.")
            .raise();
      }
      if (labels.put(key, text.substring(at + 1)) != null) {
        throw twice("label", key);
      }
    }
    return labels;
  }

  /**
   * Rules for labels: {@code key=value}, {@code key=value,value} or the key alone for whatever its
   * value; the same key twice is refused.
   */
  public static Map<String, String> rules(List<String> texts) {
    return labels(texts.stream().map(t -> t.indexOf('=') < 0 ? t + "=" : t).toList());
  }

  /**
   * Variables given one by one, each {@code KEY=VALUE}.
   *
   * @param where the option, for refusals
   */
  public static Map<String, String> variables(List<String> texts, String where) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String text : texts) {
      add(variables, text, where);
    }
    return variables;
  }

  /** A variable's name alone; a refusal does not show more than the name. */
  public static String name(String text) {
    if (!VARIABLE.matcher(text).matches()) {
      int at = text.indexOf('=');
      throw Problem.invalid(
              "variable",
              Text.quoted(at < 0 ? text : text.substring(0, at))
                  + (at < 0 ? " is no name." : " is followed by a value."),
              "Give only the name: letters, digits and _, not starting with a digit.")
          .raise();
    }
    return text;
  }

  /**
   * Variables from a file: a line each, {@code KEY=VALUE}; empty lines and those that start with #
   * don't count; quotes around the whole value are taken off.
   */
  public static Map<String, String> file(String content, String where) {
    Map<String, String> variables = new LinkedHashMap<>();
    int number = 0;
    for (String line : content.split("\r?\n", -1)) {
      number++;
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        add(variables, unquoted(line.strip()), where + " line " + number);
      }
    }
    return variables;
  }

  private static void add(Map<String, String> variables, String text, String where) {
    int at = text.indexOf('=');
    String key = at < 0 ? "" : text.substring(0, at);
    if (!VARIABLE.matcher(key).matches()) {
      throw Problem.invalid(
              "variable",
              where + (at < 0 ? " has no =." : ": " + Text.quoted(key) + " is no name."),
              "Write KEY=VALUE; names are letters, digits and _, not starting with a digit.")
          .raise();
    }
    String value = text.substring(at + 1);
    if (value.indexOf('\0') >= 0) {
      throw Problem.invalid("variable", key + " has a zero byte in it.", "").raise();
    }
    if (variables.put(key, value) != null) {
      throw twice("variable", key);
    }
  }

  private static String unquoted(String line) {
    int at = line.indexOf('=');
    String value = line.substring(at + 1);
    boolean quoted =
        at > 0
            && value.length() >= 2
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? line.substring(0, at + 1) + value.substring(1, value.length() - 1) : line;
  }

  private static RuntimeException twice(String what, String key) {
    return Problem.invalid(what, Text.quoted(key) + " is given twice.", "Give it once.").raise();
  }
}
