package dev.temps.control.mesh;

import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.api.MeshPair;
import dev.temps.contract.api.MeshView;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.MeshNumbers;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mesh as its nodes report it. Thread-safe. */
public final class MeshStatus {
  private final NodeMonitor monitor;

  /** Reads what {@code monitor} holds. */
  public MeshStatus(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  /** Every ordered pair of the given nodes, with what is wrong in words. */
  public MeshView view(List<Node> nodes) {
    List<MeshPair> pairs = new ArrayList<>();
    for (Node from : nodes) {
      NodeStatus status = monitor.status(from);
      Map<String, PeerObservation> seen =
          status.peers().stream()
              .collect(Collectors.toMap(PeerObservation::nodeId, Function.identity(), (_, b) -> b));
      for (Node to : nodes) {
        if (!to.id().equals(from.id())) {
          pairs.add(pair(from, status, to, monitor.liveness(to), seen.get(to.id())));
        }
      }
    }
    return new MeshView(MeshNumbers.POOL, MeshNumbers.MTU, pairs);
  }

  private static MeshPair pair(
      Node from, NodeStatus status, Node to, Liveness other, @Nullable PeerObservation seen) {
    String problem = problem(from, status.liveness(), to, other, seen);
    if (seen == null) {
      return new MeshPair(from.name(), to.name(), "direct", false, -1, 0, 0, -1, null, problem);
    }
    return new MeshPair(
        from.name(),
        to.name(),
        "direct",
        seen.reachable(),
        seen.handshakeAgeMillis(),
        seen.receivedBytes(),
        seen.sentBytes(),
        seen.roundTripMicros(),
        seen.endpoint(),
        problem);
  }

  private static @Nullable String problem(
      Node from, Liveness own, Node to, Liveness other, @Nullable PeerObservation seen) {
    if (own == Liveness.suspect || own == Liveness.down) {
      return from.name() + " does not report; this is what it said last.";
    }
    if (seen == null) {
      return from.name() + " has not told about this pair yet.";
    }
    if (seen.reachable()) {
      return null;
    }
    if (other == Liveness.down || other == Liveness.suspect) {
      return to.name() + " does not report to the control plane either; see to that machine.";
    }
    return seen.handshakeAgeMillis() < 0
        ? "There was never a handshake: UDP to "
            + String.join(" or ", to.endpoints())
            + " is blocked, or --advertise names the wrong address."
        : "Containers there do not answer, the last handshake was "
            + seen.handshakeAgeMillis() / 1000
            + " s ago: UDP port "
            + to.wireguardPort()
            + " may be blocked now.";
  }
}
