package dev.temps.bench.placement;

import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import dev.temps.bench.placement.Mix.Item;
import dev.temps.control.scheduler.LabelRule;
import dev.temps.control.scheduler.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives a mix to Timefold, which sees all items at once, with its default phases. */
final class TimefoldRun {
  private TimefoldRun() {}

  /** How many nodes its best plan within that time uses. */
  static int nodes(List<NodeState> nodes, List<Item> items, Duration within) {
    Map<List<LabelRule>, List<TimefoldNode>> possible = new HashMap<>();
    List<TimefoldItem> entities = new ArrayList<>();
    Map<String, TimefoldNode> places = new HashMap<>();
    nodes.forEach(node -> places.put(node.id(), new TimefoldNode(node.id())));
    for (Item item : items) {
      List<TimefoldNode> obeying =
          possible.computeIfAbsent(
              item.rules(),
              rules ->
                  nodes.stream()
                      .filter(node -> Mix.obeys(rules, node.labels()))
                      .map(node -> places.getOrDefault(node.id(), new TimefoldNode(node.id())))
                      .toList());
      entities.add(new TimefoldItem(item.cpuMillis(), item.memoryMib(), obeying));
    }
    SolverConfig config =
        new SolverConfig()
            .withSolutionClass(TimefoldPlan.class)
            .withEntityClasses(TimefoldItem.class)
            .withConstraintProviderClass(TimefoldRules.class)
            .withTerminationSpentLimit(within);
    TimefoldPlan plan =
        SolverFactory.<TimefoldPlan>create(config).buildSolver().solve(new TimefoldPlan(entities));
    var score = plan.score();
    if (score == null || score.hardScore() < 0 || !score.isSolutionInitialized()) {
      throw new IllegalStateException("no plan within " + within + ": " + score);
    }
    return (int) plan.items().stream().map(TimefoldItem::node).distinct().count();
  }
}
