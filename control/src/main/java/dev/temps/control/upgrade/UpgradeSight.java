package dev.temps.control.upgrade;

import dev.temps.contract.agent.UpgradeState;
import dev.temps.control.node.Liveness;
import dev.temps.control.operation.Operation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An upgrade at one moment.
 *
 * @param version of the release it brings
 * @param turns in their order
 * @param nodes living nodes by id
 * @param told what the agent whose turn it is said; null when none was asked or it is not reached
 */
record UpgradeSight(
    Operation operation,
    String version,
    List<Turn> turns,
    Map<String, Seen> nodes,
    @Nullable UpgradeState told,
    long nowMillis) {
  UpgradeSight {
    turns = List.copyOf(turns);
    nodes = Map.copyOf(nodes);
  }

  /** A node as it is now. */
  record Seen(Liveness liveness, String version) {}
}
