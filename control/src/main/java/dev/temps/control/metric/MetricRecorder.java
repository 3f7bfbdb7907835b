package dev.temps.control.metric;

import dev.temps.contract.agent.Usage;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what reports say in memory and writes it in one transaction every ten seconds, however
 * many nodes there are. A write that fails loses those ten seconds. Thread-safe.
 */
public final class MetricRecorder {
  /** How often {@link #step} should run; most steps do nothing. */
  public static final Duration STEP_EVERY = Duration.ofSeconds(1);

  private final Database database;
  private final Time time;
  private Map<String, Sums> sums = new HashMap<>();
  private long interval;

  /** Writes to {@code database}. */
  public MetricRecorder(Database database, Time time) {
    this.database = database;
    this.time = time;
    this.interval = Resolution.fine.floor(time.millis());
  }

  /** Takes what a node reported; quick. */
  public synchronized void add(String nodeId, Usage usage) {
    sums.computeIfAbsent(nodeId, _ -> new Sums()).add(usage);
  }

  /** Writes the interval that ended, if one did; makes coarse rows and drops old ones. */
  public void step() {
    long now = Resolution.fine.floor(time.millis());
    List<MetricRow> rows = ended(now);
    if (rows.isEmpty()) {
      return;
    }
    database.change(handle -> {
      MetricStore.insert(handle, rows);
      MetricStore.rollUp(handle, Resolution.fine, Resolution.minute, now);
      MetricStore.rollUp(handle, Resolution.minute, Resolution.quarter, now);
      for (Resolution one : Resolution.values()) {
        MetricStore.dropOld(handle, one, now);
      }
    });
  }

  private synchronized List<MetricRow> ended(long now) {
    if (now == interval) {
      return List.of();
    }
    List<MetricRow> rows = new ArrayList<>();
    long at = interval;
    sums.forEach((nodeId, sum) -> rows.add(sum.row(Resolution.fine, at, nodeId)));
    sums = new HashMap<>();
    interval = now;
    return rows;
  }
}
