package dev.temps.control.node;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules for labels of nodes, the same wherever they come from. Stateless. */
public final class Labels {
  private static final int COUNT_MAX = 32;
  private static final int LENGTH_MAX = 63;
  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");

  private Labels() {}

  /**
   * The labels themselves when all are well-formed.
   *
   * @throws dev.temps.kit.ProblemException 422 naming the first that isn't
   */
  public static Map<String, String> checked(Map<String, String> labels) {
    labels.forEach(Labels::check);
    if (labels.size() > COUNT_MAX) {
      throw refused("There are " + labels.size() + " labels; at most " + COUNT_MAX + " fit.");
    }
    return Map.copyOf(labels);
  }

  private static void check(String key, String value) {
    for (String part : new String[] {key, value}) {
      if (!SHAPE.matcher(part).matches()) {
        String length = part.length() > LENGTH_MAX ? " (" + part.length() + " characters)" : "";
        throw refused(Text.quoted(part) + length + " is not a valid key or value of a label.");
      }
    }
  }

  /**
   * The same for what nodes must have: a value may be several with commas between, or empty.
   *
   * @throws dev.temps.kit.ProblemException 422 naming the first that isn't well-formed
   */
  public static Map<String, String> rules(Map<String, String> rules) {
    rules.forEach((key, values) -> {
      if (values == null) { // JSON has such members, records don't
        throw refused("The rule for label " + Text.quoted(key) + " has no value.");
      }
      for (String value : values.isEmpty() ? List.of(key) : List.of(values.split(",", -1))) {
        check(key, value);
      }
    });
    if (rules.size() > COUNT_MAX) {
      throw refused("There are " + rules.size() + " rules for labels; at most " + COUNT_MAX + ".");
    }
    return Map.copyOf(rules);
  }

  private static RuntimeException refused(String why) {
    return Problem.invalid(
            "label",
            why,
            "Use key=value, each 1 to 63 letters, digits and inner - _ . or /, e.g. region=eu.")
        .raise();
  }

  /**
   * Labels after a change: an empty value removes its key.
   *
   * @throws dev.temps.kit.ProblemException 422 as {@link #checked}
   */
  public static Map<String, String> changed(Map<String, String> was, Map<String, String> change) {
    Map<String, String> next = new TreeMap<>(was);
    change.forEach((key, value) -> {
      if (value.isEmpty()) {
        next.remove(key);
      } else {
        next.put(key, value);
      }
    });
    return checked(next);
  }
}
