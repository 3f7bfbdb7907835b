package dev.temps.control.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many calls there were, by method and class of status. Thread-safe. */
final class RequestCounts {
  private static final int CLASS = 100;

  /**
   * What is counted apart.
   *
   * @param status {@code 2xx}
   */
  record Key(String method, String status) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return (method + status).compareTo(other.method + other.status);
    }
  }

  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String method, int status) {
    counts
        .computeIfAbsent(new Key(method, status / CLASS + "xx"), _ -> new LongAdder())
        .increment();
  }

  Map<Key, Long> all() {
    Map<Key, Long> all = new TreeMap<>();
    counts.forEach((key, count) -> all.put(key, count.sum()));
    return all;
  }
}
