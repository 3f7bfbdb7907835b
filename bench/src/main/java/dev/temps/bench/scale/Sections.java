package dev.temps.bench.scale;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts which sections were told how often, and how many bytes that would have been. */
final class Sections {
  private static final double MEGABYTE = 1e6;

  private final Map<String, Long> told = new LinkedHashMap<>();
  private final Map<String, Long> bytes = new LinkedHashMap<>();

  void count(Assignment news) {
    count("workloads", news.workloads());
    count("peers", news.peers());
    count("routes", news.routes());
    count("walls", news.walls());
    count("names", news.names());
  }

  /** The first one of a kind stands for all: their sizes are alike. */
  private void count(String section, @Nullable Record content) {
    if (content != null) {
      told.merge(section, 1L, Long::sum);
      bytes.computeIfAbsent(section, _ -> (long) Json.write(content).length());
    }
  }

  long told(String section) {
    return told.getOrDefault(section, 0L);
  }

  /** Of one, in kB; 0 when none was told. */
  double kilobytes(String section) {
    return bytes.getOrDefault(section, 0L) / 1_000.0;
  }

  /** Of all that was told. */
  double megabytes() {
    return told.entrySet().stream()
            .mapToLong(e -> e.getValue() * bytes.getOrDefault(e.getKey(), 0L))
            .sum()
        / MEGABYTE;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    told.forEach((section, times) -> out.append(times).append(' ').append(section).append(", "));
    return out.append(Grid.number(megabytes())).append(" MB").toString();
  }
}
