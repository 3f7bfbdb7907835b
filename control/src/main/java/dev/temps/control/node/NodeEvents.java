package dev.temps.control.node;

import org.jspecify.annotations.Nullable;

/** Where this room tells what happened; the wiring leads it to the events people read. */
@FunctionalInterface
public interface NodeEvents {
  /**
   * Something happened. Called outside transactions, from any thread; must not throw.
   *
   * @param kind subject and verb, e.g. {@code node.down}
   * @param nodeId the node it happened to, null when it is about the cluster
   * @param nodeName its name, for people; {@code cluster} when it is about that
   * @param reason one sentence
   */
  void happened(String kind, @Nullable String nodeId, String nodeName, String reason);
}
