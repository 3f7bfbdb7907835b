package dev.temps.control.scheduler;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node's labels must be like.
 *
 * @param values for {@code IN} and {@code NOT_IN}, sorted, each once; empty otherwise
 */
public record LabelRule(String key, Op op, List<String> values) {

  /** How the values are meant. */
  public enum Op {
    /** The label is there with one of the values. */
    IN,
    /** The label is not there, or has another value. */
    NOT_IN,
    /** The label is there. */
    EXISTS,
    /** The label is not there. */
    NOT_EXISTS
  }

  public LabelRule {
    values = List.copyOf(new TreeSet<>(values));
  }

  /**
   * Reads what must be there: {@code zone=fra,ams} or {@code gpu}.
   *
   * @throws dev.temps.kit.ProblemException 422 when there is no key or an empty value
   */
  public static LabelRule require(String text) {
    return parse(text, Op.IN, Op.EXISTS);
  }

  /**
   * Reads what must not be there: {@code disk=hdd} or {@code gpu}.
   *
   * @throws dev.temps.kit.ProblemException 422 when there is no key or an empty value
   */
  public static LabelRule avoid(String text) {
    return parse(text, Op.NOT_IN, Op.NOT_EXISTS);
  }

  /** One rule for each label that must be there with its value, sorted by key. */
  public static List<LabelRule> requireAll(Map<String, String> labels) {
    return all(labels, Op.IN);
  }

  /** One rule for each label that must not be there with its value, sorted by key. */
  public static List<LabelRule> avoidAll(Map<String, String> labels) {
    return all(labels, Op.NOT_IN);
  }

  private static List<LabelRule> all(Map<String, String> labels, Op op) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(e -> new LabelRule(e.getKey(), op, List.of(e.getValue())))
            .toList();
  }

  private static LabelRule parse(String text, Op withValues, Op alone) {
    int equals = text.indexOf('=');
    LabelRule rule =
        equals < 0
            ? new LabelRule(text, alone, List.of())
            : new LabelRule(
                text.substring(0, equals),
                withValues,
                List.of(text.substring(equals + 1).split(",", -1)));
    if (rule.key.isBlank() || rule.values.stream().anyMatch(String::isBlank)) {
      throw Problem.invalid(
              "label-rule",
              Text.quoted(text) + " is no rule for labels.",
              "Write KEY, KEY=VALUE or KEY=VALUE,VALUE, e.g. zone=fra,ams.")
          .raise();
    }
    return rule;
  }

  /** Whether a node with those labels obeys. */
  boolean met(Map<String, String> labels) {
    @Nullable String value = labels.get(key);
    return switch (op) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case NOT_EXISTS -> value == null;
    };
  }

  /** Why a node that does not obey is out: {@code needs region=eu}. */
  String refusal(Map<String, String> labels) {
    return switch (op) {
      case IN, EXISTS -> "needs " + wish();
      case NOT_IN -> "has " + key + "=" + labels.get(key) + ", to be avoided";
      case NOT_EXISTS -> "has " + key + ", to be avoided";
    };
  }

  /** What a node should have: {@code zone=ams or fra}, {@code no disk=hdd}. */
  String wish() {
    String listed = key + "=" + String.join(" or ", values);
    return switch (op) {
      case IN -> listed;
      case NOT_IN -> "no " + listed;
      case EXISTS -> key;
      case NOT_EXISTS -> "no " + key;
    };
  }
}
