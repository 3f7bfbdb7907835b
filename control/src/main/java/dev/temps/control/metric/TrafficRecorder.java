package dev.temps.control.metric;

import dev.temps.contract.agent.Traffic;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Gathers what reports say of requests in memory and writes it in one transaction every ten
 * seconds, as {@link MetricRecorder} does with usage. Keeps the sums since the start for
 * collectors, too. Thread-safe.
 */
public final class TrafficRecorder {
  private final Database database;
  private final Time time;
  private final Differences differences = new Differences();
  private final Map<Key, Tally> totals = new HashMap<>();
  private Map<Key, Tally> sums = new HashMap<>();
  private long interval;

  /** What one node answered for one app, by the app's name. */
  public record Key(String app, String nodeId) {}

  /** Writes to {@code database}. */
  public TrafficRecorder(Database database, Time time) {
    this.database = database;
    this.time = time;
    this.interval = Resolution.fine.floor(time.millis());
  }

  /** Takes what a node reported; quick. */
  public synchronized void add(String nodeId, Traffic traffic) {
    differences
        .of(nodeId, traffic)
        .forEach((app, news) -> {
          Key key = new Key(app, nodeId);
          sums.computeIfAbsent(key, _ -> new Tally()).addLater(news);
          totals.computeIfAbsent(key, _ -> new Tally()).addLater(news);
        });
  }

  /** A copy of the sums since the start. */
  public synchronized Map<Key, Tally> totals() {
    Map<Key, Tally> copy = new HashMap<>();
    totals.forEach((key, tally) -> copy.computeIfAbsent(key, _ -> new Tally()).addLater(tally));
    return copy;
  }

  /** What there is to write to. */
  private record Known(Map<String, String> apps, Set<String> nodes) {
    static Known of(Handle handle) {
      return new Known(
          ProjectStore.apps(handle).stream()
              .collect(Collectors.toMap(Environment::app, Environment::id)),
          NodeStore.living(handle).stream().map(Node::id).collect(Collectors.toSet()));
    }

    boolean has(Key key) {
      return apps.containsKey(key.app()) && nodes.contains(key.nodeId());
    }
  }

  /** Writes the interval that ended, if one did; makes coarse rows and drops old ones. */
  public void step() {
    long now = Resolution.fine.floor(time.millis());
    long at = interval();
    if (now == at) {
      return;
    }
    Map<Key, Tally> ended = ended(now);
    Known known = database.read(Known::of);
    List<TrafficRow> rows = new ArrayList<>();
    ended.forEach((key, sum) -> {
      String app = known.apps().get(key.app());
      if (app != null && known.has(key)) {
        rows.add(sum.row(Resolution.fine, at, app, key.nodeId()));
      }
    });
    if (!rows.isEmpty() || Resolution.minute.floor(now) != Resolution.minute.floor(at)) {
      database.change(handle -> {
        TrafficStore.insert(handle, rows);
        TrafficStore.tidy(handle, now);
      });
    }
    forget(known);
  }

  private synchronized long interval() {
    return interval;
  }

  private synchronized Map<Key, Tally> ended(long now) {
    Map<Key, Tally> ended = sums;
    sums = new HashMap<>();
    interval = now;
    return ended;
  }

  /** Leaves out what isn't there any more: a collector would read of it forever. */
  private synchronized void forget(Known known) {
    totals.keySet().removeIf(key -> !known.has(key));
    differences.keep(known.nodes());
  }
}
