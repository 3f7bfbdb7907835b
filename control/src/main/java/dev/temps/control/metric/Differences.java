package dev.temps.control.metric;

import dev.temps.contract.agent.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is new of agents' counters, which only grow. The first report of a node after our own
 * start says where its counters stand and not when that happened, so it counts as nothing; another
 * start of the agent, or a counter that went down, begins at zero. Figures beyond reason are
 * dropped. Not thread-safe.
 */
final class Differences {
  private static final int APPS_MAX = 10_000;
  private static final long MOST = 1L << 50; // a petabyte; also what sums of it can't overflow

  private final Map<String, Known> nodes = new HashMap<>();

  private record Known(String start, Map<String, Tally> apps) {}

  /** What is new, by app. */
  Map<String, Tally> of(String nodeId, Traffic told) {
    Known known = nodes.get(nodeId);
    boolean first = known == null;
    if (known == null || !known.start().equals(told.start())) {
      known = new Known(told.start(), new HashMap<>());
      nodes.put(nodeId, known);
    }
    Map<String, Tally> news = new HashMap<>();
    for (Traffic.OfApp app : told.apps()) {
      Tally now = Tally.of(app);
      Tally before = known.apps().get(app.app());
      boolean room = before != null || known.apps().size() < APPS_MAX;
      if (room && now.within(MOST)) {
        known.apps().put(app.app(), now);
        if (!first) {
          news.put(app.app(), since(before, app));
        }
      }
    }
    return news;
  }

  private static Tally since(@Nullable Tally before, Traffic.OfApp app) {
    Tally fresh = Tally.of(app);
    if (before != null) {
      fresh.subtract(before);
    }
    return fresh.within(MOST) ? fresh : Tally.of(app);
  }

  /** Forgets nodes that are gone. */
  void keep(Set<String> nodeIds) {
    nodes.keySet().retainAll(nodeIds);
  }
}
