package dev.temps.control.scheduler;

import org.jspecify.annotations.Nullable;

/** A condition that a node must meet, which says in words why it does not. Stateless. */
interface Filter {
  /** Whether the node can take one more replica as far as this goes. */
  boolean passes(Ask ask, NodeLoad load);

  /** Why not, in words that are the same for nodes with the same trouble. */
  String why(Ask ask, NodeLoad load);

  /** What would make this node fit when nothing else stands against it; null when nothing would. */
  @Nullable String way(Ask ask, NodeLoad load);

  /** How much that would take, to offer the least of all nodes; same for all by default. */
  default long effort(Ask ask, NodeLoad load) {
    return 0;
  }

  /**
   * Whether nodes of a zone can pass, seen from any one of them. False means that none can; it
   * saves looking at them.
   */
  default boolean passesZone(Ask ask, NodeLoad any) {
    return true;
  }
}
