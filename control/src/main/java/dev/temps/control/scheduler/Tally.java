package dev.temps.control.scheduler;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How many of something are where, at every level; nodes without a label are one place without a
 * name. Not thread-safe.
 */
final class Tally {
  /** Of nothing; never counted up. */
  static final Tally NONE = new Tally();

  private final Map<Level, Map<Integer, Integer>> counts = new EnumMap<>(Level.class);
  private int total;

  Tally() {
    for (Level level : Level.values()) {
      counts.put(level, new HashMap<>(4));
    }
  }

  /**
   * Counts one in or out.
   *
   * @param sign 1 or -1
   */
  void count(NodeLoad load, int sign) {
    total += sign;
    counts.forEach(
        (level, at) -> at.merge(load.place(level), sign, (a, b) -> a + b == 0 ? null : a + b));
  }

  int total() {
    return total;
  }

  /** How many are in the node's place at that level. */
  int at(Level level, NodeLoad load) {
    if (total == 0) {
      return 0;
    }
    Integer count = of(level).get(load.place(level));
    return count == null ? 0 : count;
  }

  private Map<Integer, Integer> of(Level level) {
    return Objects.requireNonNull(counts.get(level));
  }

  /** The numbers of the nodes that have any. */
  Set<Integer> nodes() {
    return of(Level.NODE).keySet();
  }
}
