package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshSelf;

/** Names and numbers every part of the mesh shares. */
public final class MeshNames {
  /** The WireGuard interface. */
  public static final String DEVICE = "temps-wg0";

  /** The bridge containers hang on. */
  public static final String BRIDGE = "temps0";

  /** The unit that runs WireGuard where the kernel has none. */
  public static final String UNIT = "temps-wireguard";

  /** TCP port of the agent's API on the node address. */
  public static final int AGENT_PORT = 7443;

  /** UDP port of WireGuard unless it is taken. */
  public static final int WIREGUARD_PORT = 51_820;

  private static final int NODES_PREFIX = 20; // the pool's first 4,096 addresses are nodes

  private MeshNames() {}

  /** The network node addresses come from. */
  static Cidr nodes(MeshSelf self) {
    return Cidr.parse(self.pool()).first(NODES_PREFIX);
  }
}
