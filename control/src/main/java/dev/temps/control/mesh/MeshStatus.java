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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mesh as its nodes report it. Thread-safe. */
public final class MeshStatus {
  private final NodeMonitor monitor;
  private final Supplier<Paths> paths;

  /** Reads what {@code monitor} holds; {@code paths} are the ways of the moment. */
  public MeshStatus(NodeMonitor monitor, Supplier<Paths> paths) {
    this.monitor = monitor;
    this.paths = paths;
  }

  /** Every ordered pair of the given nodes, with what is wrong in words. */
  public MeshView view(List<Node> nodes) {
    List<MeshPair> pairs = new ArrayList<>();
    Paths ways = paths.get();
    PathWords words = new PathWords(nodes.stream().collect(Collectors.toMap(Node::id, Node::name)));
    for (Node from : nodes) {
      NodeStatus status = monitor.status(from);
      Map<String, PeerObservation> seen =
          status.peers().stream()
              .collect(Collectors.toMap(PeerObservation::nodeId, Function.identity(), (_, b) -> b));
      for (Node to : nodes) {
        if (!to.id().equals(from.id())) {
          PeerObservation sight = seen.get(to.id());
          String problem = problem(from, status.liveness(), to, monitor.liveness(to), sight);
          String stuck = ways.stuck(from.id(), to.id()).orElse(null);
          Path path = ways.between(from.id(), to.id()).orElse(null);
          pairs.add(
              pair(
                  from.name(),
                  to.name(),
                  path == null ? null : words.name(path.via()),
                  path == null ? null : Long.valueOf(path.sinceMillis()),
                  sight,
                  problem == null || stuck == null ? problem : problem + " " + stuck + "."));
        }
      }
    }
    return new MeshView(MeshNumbers.POOL, MeshNumbers.MTU, pairs, Distances.of(nodes, pairs));
  }

  private static MeshPair pair(
      String from,
      String to,
      @Nullable String via,
      @Nullable Long since,
      @Nullable PeerObservation seen,
      @Nullable String problem) {
    String path = via == null ? "direct" : "via " + via;
    if (seen == null) {
      return new MeshPair(from, to, path, via, since, false, -1, 0, 0, -1, null, problem);
    }
    return new MeshPair(
        from,
        to,
        path,
        via,
        since,
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
    if (seen.relay() != null) {
      return "Containers there don't answer through the node in between, nor directly.";
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
