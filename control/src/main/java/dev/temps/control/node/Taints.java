package dev.temps.control.node;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rules for taints of nodes: by key a value and what it does, {@code db:no-place} or {@code
 * db:prefer-not}; the value may be empty. Stateless.
 */
public final class Taints {
  /** Nothing may be placed that does not tolerate it. */
  public static final String NO_PLACE = "no-place";

  private static final String PREFER_NOT = "prefer-not";
  private static final int COUNT_MAX = 16;
  private static final int SHOWN_MAX = 80;
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile(
          "([A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?)?:("
              + NO_PLACE
              + "|"
              + PREFER_NOT
              + ")");

  private Taints() {}

  /**
   * Taints after a change: an empty text removes its key.
   *
   * @throws dev.temps.kit.ProblemException 422 naming the first that is not well-formed
   */
  public static Map<String, String> changed(Map<String, String> was, Map<String, String> change) {
    Map<String, String> next = new TreeMap<>(was);
    change.forEach((key, text) -> {
      if (text.isEmpty()) {
        next.remove(key);
      } else {
        check(key, text);
        next.put(key, text);
      }
    });
    if (next.size() > COUNT_MAX) {
      throw refused("A node has at most " + COUNT_MAX + " taints.");
    }
    return Map.copyOf(next);
  }

  private static void check(String key, String text) {
    if (!KEY.matcher(key).matches() || !VALUE.matcher(text).matches()) {
      String shown = key + "=" + text;
      throw refused(
          Text.quoted(shown.length() > SHOWN_MAX ? shown.substring(0, SHOWN_MAX) + "…" : shown)
              + " is no taint.");
    }
  }

  private static RuntimeException refused(String why) {
    return Problem.invalid(
            "taint",
            why,
            "Use KEY=VALUE:no-place or KEY=VALUE:prefer-not, e.g. dedicated=db:no-place.")
        .raise();
  }

  /** The value of a well-formed text. */
  public static String value(String text) {
    return text.substring(0, text.lastIndexOf(':'));
  }

  /** Whether it keeps everything off that does not tolerate it. */
  public static boolean hard(String text) {
    return text.endsWith(":" + NO_PLACE);
  }
}
