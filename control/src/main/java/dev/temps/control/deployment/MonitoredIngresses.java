package dev.temps.control.deployment;

import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import java.util.List;
import java.util.function.LongSupplier;

/** Ingress nodes as their reports tell of them. A mark is a revision of the routes. Thread-safe. */
public final class MonitoredIngresses implements Ingresses {
  private final NodeDirectory directory;
  private final NodeMonitor monitor;
  private final LongSupplier revision;

  /**
   * Ingress nodes of {@code directory}.
   *
   * @param revision makes the routes anew from the store and gives their revision
   */
  public MonitoredIngresses(NodeDirectory directory, NodeMonitor monitor, LongSupplier revision) {
    this.directory = directory;
    this.monitor = monitor;
    this.revision = revision;
  }

  @Override
  public long mark() {
    return revision.getAsLong();
  }

  @Override
  public List<String> behind(long mark) {
    return directory.all().stream()
        .filter(Node::ingress)
        .filter(node -> serves(monitor.liveness(node)))
        .filter(node -> monitor.brief(node).applied().routes() < mark)
        .map(Node::name)
        .sorted()
        .toList();
  }

  /** A suspect one may be cut off from here only, and still be asked by users. */
  private static boolean serves(Liveness liveness) {
    return switch (liveness) {
      case ready, suspect -> true;
      case pending, down -> false;
    };
  }
}
