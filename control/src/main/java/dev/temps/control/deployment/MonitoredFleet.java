package dev.temps.control.deployment;

import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.NodeStatus;
import dev.temps.control.node.NodeStore;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The nodes of the store with what the monitor holds of each. Thread-safe. */
public final class MonitoredFleet implements Fleet {
  private final NodeMonitor monitor;

  /** Nodes as {@code monitor} sees them. */
  public MonitoredFleet(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public List<Member> members(Handle handle) {
    return NodeStore.living(handle).stream()
        .map(node -> {
          NodeStatus status = monitor.status(node);
          return new Member(node, status.liveness(), status.conditions());
        })
        .toList();
  }
}
