package dev.temps.control.deployment;

import dev.temps.contract.api.VariablesPatch;
import dev.temps.control.project.VariableRules;
import dev.temps.control.project.VariableSet;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A change of variables with every name and value checked for itself. Pure; values stay unsaid. */
record VariableChange(
    Map<String, String> plain, Map<String, String> secrets, List<String> unset, boolean deploy) {

  /** Parses a change at the edge. */
  static VariableChange parse(VariablesPatch patch) {
    Map<String, String> plain = patch.set() == null ? Map.of() : patch.set();
    Map<String, String> secrets = patch.secrets() == null ? Map.of() : patch.secrets();
    List<String> unset = patch.unset() == null ? List.of() : patch.unset();
    VariableRules.checked(plain);
    VariableRules.checked(secrets);
    unset.forEach(VariableRules::name);
    Set<String> names = new HashSet<>();
    plain.keySet().forEach(name -> once(names, name));
    secrets.keySet().forEach(name -> once(names, name));
    unset.forEach(name -> once(names, name));
    if (names.isEmpty()) {
      throw Problem.invalid(
              "variables", "Neither a value nor a name to forget is given.", "Give at least one.")
          .raise();
    }
    return new VariableChange(plain, secrets, unset, patch.deploy() == null || patch.deploy());
  }

  private static void once(Set<String> names, String name) {
    if (!names.add(name)) {
      throw Problem.invalid("variable", Text.quoted(name) + " is given twice.", "Give it once.")
          .raise();
    }
  }

  /** The variables after it. */
  VariableSet on(VariableSet before) {
    VariableSet after = before.without(unset).withPlain(plain).withSecrets(secrets);
    VariableRules.checked(after.revealed());
    return after;
  }

  /** Names only: {@code set A, B, unset C}. */
  String words() {
    Set<String> given = new TreeSet<>(plain.keySet());
    given.addAll(secrets.keySet());
    String set = given.isEmpty() ? "" : "set " + String.join(", ", given);
    String gone = unset.isEmpty() ? "" : "unset " + String.join(", ", unset);
    return set + (set.isEmpty() || gone.isEmpty() ? "" : ", ") + gone;
  }

  @Override
  public String toString() {
    return words();
  }
}
