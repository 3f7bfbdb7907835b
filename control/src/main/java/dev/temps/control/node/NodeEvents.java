package dev.temps.control.node;

/** Where this room tells what happened; the wiring leads it to the events people read. */
@FunctionalInterface
public interface NodeEvents {
  /**
   * Something happened. Called outside transactions, from any thread; must not throw.
   *
   * @param kind subject and verb, e.g. {@code node.down}
   * @param nodeId the node it happened to
   * @param nodeName its name, for people
   * @param reason one sentence
   */
  void happened(String kind, String nodeId, String nodeName, String reason);
}
