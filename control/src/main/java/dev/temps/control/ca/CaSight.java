package dev.temps.control.ca;

import dev.temps.contract.agent.CaTrust;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import org.jspecify.annotations.Nullable;

/** What is seen of nodes during a rotation. Thread-safe. */
public interface CaSight {
  /** The CAs the node goes by; null when it didn't say. */
  @Nullable CaTrust trust(Node node);

  /** Whether it is heard and well. */
  boolean ready(Node node);

  /** As nodes report it. */
  static CaSight of(NodeMonitor monitor) {
    return new CaSight() {
      @Override
      public @Nullable CaTrust trust(Node node) {
        return monitor.trust(node);
      }

      @Override
      public boolean ready(Node node) {
        return monitor.liveness(node) == Liveness.ready;
      }
    };
  }
}
