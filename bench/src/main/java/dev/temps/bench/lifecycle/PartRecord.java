package dev.temps.bench.lifecycle;

import dev.temps.bench.Samples;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * All runs of a part, as they are kept: {@code bench/results/lifecycle-PART.json}.
 *
 * @param measured date
 */
@Json
public record PartRecord(String part, String measured, List<RunRecord> runs) {
  /** That figure of all runs that have it. */
  Samples samples(String figure) {
    Samples samples = new Samples();
    runs.forEach(run -> {
      Double value = run.figures().get(figure);
      if (value != null) {
        samples.add(value);
      }
    });
    return samples;
  }

  double sum(String figure) {
    return runs.stream().mapToDouble(run -> run.figures().getOrDefault(figure, 0.0)).sum();
  }

  int bad() {
    return (int) runs.stream().filter(run -> run.problem() != null).count();
  }

  /** Number of runs, and of those that went wrong where there are some. */
  String count() {
    return bad() == 0
        ? runs.size() + " runs"
        : "%d runs, %d of them BAD".formatted(runs.size(), bad());
  }
}
