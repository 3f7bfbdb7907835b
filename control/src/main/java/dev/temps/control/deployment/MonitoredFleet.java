package dev.temps.control.deployment;

import dev.temps.contract.agent.PeerObservation;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.NodeStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The nodes of the store with what the monitor holds of each. Thread-safe. */
public final class MonitoredFleet implements Fleet {
  private final NodeMonitor monitor;

  /** Nodes as {@code monitor} sees them. */
  public MonitoredFleet(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public List<Member> members(Handle handle) {
    List<Node> nodes = monitor.living(handle);
    Map<String, NodeStatus> seen = new HashMap<>();
    nodes.forEach(node -> seen.put(node.id(), monitor.brief(node)));
    return nodes.stream().map(node -> member(node, seen, monitor.unheard(node))).toList();
  }

  private static Member member(Node node, Map<String, NodeStatus> seen, Duration unheard) {
    NodeStatus own = Objects.requireNonNull(seen.get(node.id()));
    return new Member(
        node, own.liveness(), own.conditions(), own.usage(), cutOff(own, seen), unheard);
  }

  /** Whether it watches others that are ready, and reaches none of them. */
  static boolean cutOff(NodeStatus own, Map<String, NodeStatus> seen) {
    boolean watches = false;
    for (PeerObservation peer : own.peers()) {
      if (ready(seen.get(peer.nodeId()))) {
        if (peer.reachable()) {
          return false; // mostly the first one: nobody looks at all pairs of a big cluster
        }
        watches = true;
      }
    }
    return watches;
  }

  private static boolean ready(@Nullable NodeStatus status) {
    return status != null && status.liveness() == Liveness.ready;
  }
}
