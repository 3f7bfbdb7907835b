package dev.temps.control.deployment;

import java.util.List;

/** What the ingress nodes have taken of the routes. Implementations are thread-safe. */
public interface Ingresses {
  /** A mark of the routes as the store has them now: who has reached it serves these or later. */
  long mark();

  /** Names of ingress nodes that are not down and have not reached a mark. */
  List<String> behind(long mark);
}
