package dev.temps.control.upgrade;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.UpgradeOrder;
import dev.temps.contract.agent.UpgradeState;
import dev.temps.contract.json.Json;
import dev.temps.control.backup.AgentDesk;
import dev.temps.control.node.Node;

/** Over the mesh, to the agent API. Thread-safe. */
public final class MeshOrders implements Orders {
  private final AgentDesk desk;

  /** Orders by that way to agents. */
  public MeshOrders(AgentDesk desk) {
    this.desk = desk;
  }

  @Override
  public UpgradeState give(Node node, UpgradeOrder order) {
    return Json.read(UpgradeState.class, desk.post(node, Contract.UPGRADE, Json.write(order)));
  }
}
