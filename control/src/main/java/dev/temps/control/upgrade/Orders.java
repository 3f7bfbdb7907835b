package dev.temps.control.upgrade;

import dev.temps.contract.agent.UpgradeOrder;
import dev.temps.contract.agent.UpgradeState;
import dev.temps.control.node.Node;

/** The way to the agents that upgrade themselves. Thread-safe. */
public interface Orders {
  /**
   * Gives an order, or asks how it gets on: the same order again changes nothing.
   *
   * @throws dev.temps.kit.ProblemException when the agent can't be reached, or refuses
   */
  UpgradeState give(Node node, UpgradeOrder order);
}
