package dev.temps.control.scheduler;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds what makes no sense in a spec before anybody waits for a node that can't exist. Stateless.
 */
public final class SpecCheck {
  /** Rules of one kind; more is a mistake of a program, and makes every placement slow. */
  private static final int RULES_MAX = 32;

  private static final int SKEW_MAX = 1000;
  private static final int PORT_MAX = 65_535;
  // As labels of nodes are.
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");

  private SpecCheck() {}

  /** The first thing that can't be meant, as a 422; empty when the spec makes sense. */
  public static Optional<Problem> of(PlacementSpec spec) {
    return size(spec)
        .or(() -> counts(spec))
        .or(() -> labels(spec))
        .or(() -> contradiction(spec))
        .or(() -> neighbours(spec))
        .or(() -> spread(spec))
        .or(() -> ports(spec));
  }

  /**
   * A zone or region that is asked for and that no node is in, as a 422 with those that there are.
   * It is not an error of the spec, since a node may come; whether to wait is the caller's choice.
   */
  public static Optional<Problem> unknownPlace(PlacementSpec spec, List<NodeState> nodes) {
    for (LabelRule rule : spec.labels()) {
      if (rule.op() != LabelRule.Op.IN || !isPlace(rule.key())) {
        continue;
      }
      Set<String> known = new TreeSet<>();
      nodes.forEach(node -> known.add(node.labels().getOrDefault(rule.key(), "")));
      known.remove("");
      if (rule.values().stream().noneMatch(known::contains)) {
        return invalid(
            rule.key(),
            "No node is in " + rule.key() + " " + String.join(" or ", rule.values()) + ".",
            known.isEmpty()
                ? "Give nodes one with: temps node label NODE " + rule.key() + "=NAME"
                : "There are: " + String.join(", ", known) + ".");
      }
    }
    return Optional.empty();
  }

  private static boolean isPlace(String key) {
    return key.equals(Level.ZONE.word()) || key.equals(Level.REGION.word());
  }

  private static Optional<Problem> size(PlacementSpec spec) {
    PlacementSpec.Size size = spec.size();
    if (size.cpuMillis() < 0 || size.cpuMillis() > NodeState.CPU_MAX_MILLIS) {
      return invalid("cpu", Amounts.cpu(size.cpuMillis()) + " can't be reserved.", "Ask for less.");
    }
    for (long bytes : new long[] {size.memoryBytes(), size.diskBytes()}) {
      if (bytes < 0 || bytes > NodeState.BYTES_MAX) {
        return invalid("memory", bytes + " bytes can't be reserved.", "Ask for 0 bytes to 1 PiB.");
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> counts(PlacementSpec spec) {
    for (int count :
        new int[] {
          spec.labels().size(),
          spec.preferred().size(),
          spec.tolerations().size(),
          spec.affinities().size(),
          spec.linked().size(),
          spec.ports().size()
        }) {
      if (count > RULES_MAX) {
        return invalid(
            "placement", "There are " + count + " rules of one kind.", "Use " + RULES_MAX + ".");
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> labels(PlacementSpec spec) {
    List<String> words = new ArrayList<>();
    for (List<LabelRule> rules : List.of(spec.labels(), spec.preferred())) {
      for (LabelRule rule : rules) {
        words.add(rule.key());
        words.addAll(rule.values());
        boolean needsValues = rule.op() == LabelRule.Op.IN || rule.op() == LabelRule.Op.NOT_IN;
        if (needsValues == rule.values().isEmpty()) {
          return invalid(
              "label-rule",
              "The rule for label " + shown(rule.key()) + " has values where none belong, or none.",
              "Write KEY, or KEY=VALUE,VALUE.");
        }
      }
    }
    for (Toleration one : spec.tolerations()) {
      words.add(one.key());
      if (one.value() != null && !one.value().isEmpty()) {
        words.add(one.value());
      }
    }
    return words.stream()
        .filter(word -> !LABEL.matcher(word).matches())
        .findFirst()
        .flatMap(word ->
            invalid(
                "label",
                shown(word) + " is no key or value of a label.",
                "Use 1 to 63 letters, digits and inner - _ . or /, e.g. region=eu."));
  }

  private static String shown(String word) {
    String quoted = Text.quoted(word);
    return word.length() < quoted.length()
        ? quoted
        : quoted + " (" + word.length() + " characters)";
  }

  private static Optional<Problem> contradiction(PlacementSpec spec) {
    if (spec.global() && spec.ties().node() != null) {
      return contradicts("One on every node and all on one node");
    }
    for (LabelRule one : spec.labels()) {
      for (LabelRule other : spec.labels()) {
        if (excludes(one, other)) {
          return contradicts("A node with " + one.wish() + " and with " + other.wish());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether no node can obey both; each pair is asked in both orders. */
  private static boolean excludes(LabelRule one, LabelRule other) {
    if (!one.key().equals(other.key())) {
      return false;
    }
    return switch (one.op()) {
      case IN ->
          switch (other.op()) {
            case IN -> one.values().stream().noneMatch(other.values()::contains);
            case NOT_IN -> other.values().containsAll(one.values());
            case NOT_EXISTS -> true;
            case EXISTS -> false;
          };
      case EXISTS -> other.op() == LabelRule.Op.NOT_EXISTS;
      case NOT_IN, NOT_EXISTS -> false;
    };
  }

  private static Optional<Problem> neighbours(PlacementSpec spec) {
    for (Affinity near : spec.affinities()) {
      for (Affinity apart : spec.affinities()) {
        boolean both = near.hard() && near.near() && apart.hard() && !apart.near();
        // On the same node is in the same zone, too; but the same zone has many nodes.
        if (both
            && near.target().equals(apart.target())
            && near.level().compareTo(apart.level()) <= 0) {
          return contradicts("A place " + near.words() + " and " + apart.words());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> spread(PlacementSpec spec) {
    Set<Level> levels = EnumSet.noneOf(Level.class);
    for (Spread spread : spec.spreads()) {
      if (spread.maxSkew() < 1 || spread.maxSkew() > SKEW_MAX) {
        return invalid(
            "skew",
            "A skew of "
                + spread.maxSkew()
                + " over "
                + spread.level().word()
                + "s is not possible:"
                + " the first replica already makes one place have one more than the others.",
            "Use 1 to " + SKEW_MAX + ".");
      }
      if (!levels.add(spread.level())) {
        return contradicts("Two spreads over " + spread.level().word() + "s");
      }
      if (spec.global() && spread.hard()) {
        return contradicts("One on every node and a skew over " + spread.level().word() + "s");
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> ports(PlacementSpec spec) {
    return spec.ports().stream()
        .filter(port ->
            port.port() < 1
                || port.port() > PORT_MAX
                || !Set.of("tcp", "udp").contains(port.protocol().toLowerCase(Locale.ROOT)))
        .findFirst()
        .flatMap(
            port -> invalid("port", port.words() + " is no port.", "Use 1 to 65535, tcp or udp."));
  }

  private static Optional<Problem> contradicts(String what) {
    return invalid("placement", what + " can't be had together.", "Leave one of them out.");
  }

  private static Optional<Problem> invalid(String what, String why, String next) {
    return Optional.of(Problem.invalid(what, why, next));
  }
}
