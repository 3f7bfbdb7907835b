package dev.temps.control.deployment;

import dev.temps.control.deployment.LossPlan.OfApp;
import dev.temps.control.deployment.LossPlan.Pace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How many machines can be lost, whichever they are, without an app that stays away. Pure.
 *
 * @param machines so many
 * @param sentences for people
 */
public record Tolerance(int machines, List<String> sentences) {
  /** Pairs are looked at in clusters of at most so many machines. */
  static final int PAIRS_NODES_MAX = 20;

  private static final int NAMED_MAX = 5;

  public Tolerance {
    sentences = List.copyOf(sentences);
  }

  /** The plans for every single machine, and for every pair where there are few machines. */
  record Plans(List<LossPlan> single, List<LossPlan> pairs) {
    static Plans of(LossWorld world) {
      List<String> ids = world.machines().stream().map(LossWorld.Machine::id).toList();
      List<LossPlan> single = new ArrayList<>();
      List<LossPlan> pairs = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        single.add(LossPlanner.outline(world, Set.of(ids.get(i))));
        for (int j = i + 1; ids.size() <= PAIRS_NODES_MAX && j < ids.size(); j++) {
          pairs.add(LossPlanner.outline(world, Set.of(ids.get(i), ids.get(j))));
        }
      }
      return new Plans(single, pairs);
    }
  }

  /**
   * For somebody who sees some apps.
   *
   * @param seen whether they may see a project
   */
  static Tolerance of(Plans plans, Predicate<String> seen) {
    List<LossPlan> single = plans.single();
    if (single.isEmpty()) {
      return new Tolerance(0, List.of());
    }
    if (single.size() == 1) {
      String only = single.getFirst().nodes().getFirst();
      return new Tolerance(
          0, List.of(only + " is the only machine: losing it takes everything with it."));
    }
    Map<String, List<String>> taken = new LinkedHashMap<>();
    for (LossPlan plan : single) {
      List<String> apps = taken(plan, seen);
      if (!apps.isEmpty()) {
        taken.put(plan.nodes().getFirst(), apps);
      }
    }
    boolean two =
        taken.isEmpty()
            && !plans.pairs().isEmpty()
            && plans.pairs().stream().allMatch(p -> taken(p, seen).isEmpty());
    int machines = two ? 2 : taken.isEmpty() ? 1 : 0;
    List<String> sentences = new ArrayList<>();
    sentences.add(first(machines, single.size(), taken));
    single.stream()
        .filter(plan -> plan.pace() == Pace.NO_CONTROL)
        .map(plan -> plan.nodes().getFirst())
        .forEach(node -> sentences.add(console(node, taken.containsKey(node))));
    return new Tolerance(machines, sentences);
  }

  private static List<String> taken(LossPlan plan, Predicate<String> seen) {
    return plan.apps().stream()
        .filter(app -> app.outcome().takes() && seen.test(app.project()))
        .map(OfApp::app)
        .toList();
  }

  private static String first(int machines, int all, Map<String, List<String>> taken) {
    if (machines > 0) {
      return "You can lose any " + machines + (machines == 1 ? " machine." : " machines.");
    }
    List<String> parts = new ArrayList<>();
    if (taken.size() < all) {
      parts.add("You can lose 1 machine");
    } else {
      parts.add("You can lose no machine without an app");
    }
    taken.entrySet().stream()
        .limit(NAMED_MAX)
        .forEach(
            e -> parts.add("losing " + e.getKey() + " takes " + list(e.getValue()) + " with it"));
    if (taken.size() > NAMED_MAX) {
      Set<String> others = new HashSet<>();
      taken.values().stream().skip(NAMED_MAX).forEach(others::addAll);
      parts.add(
          "losing one of "
              + (taken.size() - NAMED_MAX)
              + " more takes some of "
              + others.size()
              + " other apps");
    }
    return String.join("; ", parts) + ".";
  }

  private static String console(String node, boolean apps) {
    return "Losing "
        + node
        + " takes the console with it; "
        + (apps ? "other apps" : "apps")
        + " go on, and nothing moves until it is back or restored.";
  }

  private static String list(List<String> apps) {
    return apps.size() <= NAMED_MAX
        ? String.join(", ", apps)
        : String.join(", ", apps.subList(0, NAMED_MAX))
            + " and "
            + (apps.size() - NAMED_MAX)
            + " more apps";
  }
}
