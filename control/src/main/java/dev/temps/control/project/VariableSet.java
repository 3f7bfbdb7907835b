package dev.temps.control.project;

import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.kit.Text;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Variables of one environment or release by name. A secret stays one until it is unset, whatever
 * gives it a new value. Immutable; values are never printed.
 */
public record VariableSet(Map<String, Entry> entries) {
  /** No variables. */
  public static final VariableSet EMPTY = new VariableSet(Map.of());

  /** A value, and whether it is never shown again. */
  public record Entry(Secret value, boolean secret) {}

  public VariableSet {
    entries = Map.copyOf(entries);
  }

  /** The set of these rows. */
  public static VariableSet of(List<Variable> rows) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    rows.forEach(row -> entries.put(row.name(), new Entry(row.value(), row.secret())));
    return new VariableSet(entries);
  }

  /** With new and changed plain values. */
  public VariableSet withPlain(Map<String, String> values) {
    return with(values, false);
  }

  /** With new and changed secrets. */
  public VariableSet withSecrets(Map<String, String> values) {
    return with(values, true);
  }

  private VariableSet with(Map<String, String> values, boolean secret) {
    Map<String, Entry> next = new LinkedHashMap<>(entries);
    values.forEach((name, value) -> {
      Entry was = next.get(name);
      next.put(name, new Entry(new Secret(value), secret || (was != null && was.secret())));
    });
    return new VariableSet(next);
  }

  /** Only the secrets. */
  public VariableSet secrets() {
    Map<String, Entry> next = new LinkedHashMap<>(entries);
    next.values().removeIf(entry -> !entry.secret());
    return new VariableSet(next);
  }

  /**
   * Without these.
   *
   * @throws dev.temps.kit.ProblemException 404 when one of them is not there
   */
  public VariableSet without(Collection<String> names) {
    Map<String, Entry> next = new LinkedHashMap<>(entries);
    for (String name : names) {
      if (next.remove(name) == null) {
        throw Problem.of(
                "no-such-variable",
                404,
                "There is no such variable.",
                "The app has no variable " + Text.quoted(name) + "; nothing was changed.",
                "List them with: temps env list")
            .raise();
      }
    }
    return new VariableSet(next);
  }

  /** Values by name, for a container. */
  public Map<String, String> revealed() {
    Map<String, String> values = new TreeMap<>();
    entries.forEach((name, entry) -> values.put(name, entry.value().reveal()));
    return values;
  }
}
