package dev.temps.bench;

import java.util.Map;
import java.util.TreeMap;

/** The revisions an agent holds, as query parameters of the long poll. Immutable. */
record Revisions(Map<String, String> held) {
  /** Knows nothing yet, of all sections there are. */
  static final Revisions NONE =
      new Revisions(
          Map.of(
              "workloads",
              "-1",
              "peers",
              "-1",
              "routes",
              "-1",
              "certificates",
              "-1",
              "walls",
              "-1",
              "names",
              "-1"));

  Revisions {
    held = Map.copyOf(held);
  }

  Revisions after(Map<String, String> told) {
    Map<String, String> next = new TreeMap<>(held);
    next.putAll(told);
    return new Revisions(next);
  }

  long of(String section) {
    return Long.parseLong(held.getOrDefault(section, "-1"));
  }

  String query() {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(held)
        .forEach((name, value) -> out.append('&').append(name).append('=').append(value));
    return out.toString();
  }
}
