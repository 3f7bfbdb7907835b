package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.temps.contract.agent.UpgradeOrder;
import dev.temps.contract.agent.UpgradeState;
import dev.temps.contract.agent.UpgradeState.Phase;
import dev.temps.control.node.Node;
import dev.temps.control.upgrade.Orders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Releases on the machines, which put another one beside their own without a control plane: the
 * same order again only asks, and the third answer is the last one.
 */
final class PaperReleases implements Orders {
  private static final int LAST = 3;

  private final Map<String, String> attempts = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, String> runs = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final List<String> told = new ArrayList<>();

  /** On that node no other release proves itself. */
  void broken(String node) {
    broken.add(node);
  }

  @Override
  public UpgradeState give(Node node, UpgradeOrder order) {
    if (!order.attempt().equals(attempts.get(node.name()))) {
      assertNull(attempts.put(node.name(), order.attempt()), "one order for " + node.name());
      told.add(node.name());
    }
    int answer = asked.merge(node.name(), 1, Integer::sum);
    if (answer < LAST) {
      Phase phase = answer == 1 ? Phase.preparing : Phase.trial;
      return new UpgradeState(order.attempt(), phase, "fetching");
    }
    if (broken.contains(node.name())) {
      return new UpgradeState(order.attempt(), Phase.back, "no report");
    }
    runs.put(node.name(), order.version());
    return new UpgradeState(order.attempt(), Phase.done, "");
  }

  /** Nodes that were given an order, in that order, each once. */
  List<String> told() {
    return List.copyOf(told);
  }

  /** The release each node runs that was upgraded. */
  Map<String, String> runs() {
    return Map.copyOf(runs);
  }
}
