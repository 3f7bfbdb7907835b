package dev.temps.control.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes coarse rows of fine ones. Pure. */
final class RollUp {
  private RollUp() {}

  private record Key(String nodeId, long at) {}

  /**
   * One row for each node and interval: the averages of its rows, by how many samples they have.
   */
  static List<MetricRow> of(List<MetricRow> fine, Resolution to) {
    Map<Key, Sums> sums = new LinkedHashMap<>();
    for (MetricRow row : fine) {
      Key key = new Key(row.nodeId(), to.floor(row.at()));
      sums.computeIfAbsent(key, _ -> new Sums()).add(row);
    }
    List<MetricRow> rows = new ArrayList<>();
    sums.forEach((key, sum) -> rows.add(sum.row(to, key.at(), key.nodeId())));
    return rows;
  }
}
