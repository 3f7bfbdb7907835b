package dev.temps.control.backup;

import dev.temps.control.node.Node;

/** A question to one node's agent API. Thread-safe. */
@FunctionalInterface
public interface AgentDesk {
  /**
   * Posts JSON and returns the answer's.
   *
   * @throws dev.temps.kit.ProblemException when it can't be reached, or refuses
   */
  String post(Node node, String path, String json);
}
