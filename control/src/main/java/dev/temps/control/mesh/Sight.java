package dev.temps.control.mesh;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes and what they say of each other at one moment. */
interface Sight {
  /** Ids of all nodes, in the order of their mesh numbers. */
  List<String> nodes();

  /** Whether a node may pass on what others send. */
  boolean ready(String node);

  /** The pair as both ends see it, provided that both use this way; null is the direct one. */
  Link link(Pair pair, @Nullable String via);

  /** Pairs of which one end says that it doesn't reach the other. */
  Set<Pair> troubled();
}
