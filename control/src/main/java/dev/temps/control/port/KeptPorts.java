package dev.temps.control.port;

import dev.temps.contract.agent.Contract;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Ports that nobody gets, as machines or the platform need them. */
final class KeptPorts {
  private static final int WIREGUARD = 51_820; // a node that joins later takes it first
  private static final Map<Integer, String> TCP =
      Map.of(
          22,
          "the way into a machine",
          53,
          "names",
          80,
          "the ingress",
          443,
          "the ingress",
          2375,
          "container engines",
          2376,
          "container engines",
          Contract.CONTROL_PORT,
          "the control plane",
          Contract.AGENT_PORT,
          "agents",
          Contract.PEER_PORT,
          "agents");
  private static final Map<Integer, String> UDP =
      Map.of(53, "names", 68, "machines that ask for their address", WIREGUARD, "WireGuard");

  private KeptPorts() {}

  /** For whom it is kept; empty for one that can be had. */
  static Optional<String> by(Handle handle, Protocol protocol, int port) {
    String by = (protocol == Protocol.tcp ? TCP : UDP).get(port);
    if (by != null || protocol == Protocol.tcp) {
      return Optional.ofNullable(by);
    }
    return NodeStore.living(handle).stream()
        .filter(node -> node.wireguardPort() == port)
        .findFirst()
        .map(Node::name)
        .map(name -> "WireGuard of " + name);
  }
}
