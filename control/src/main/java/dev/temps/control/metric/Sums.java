package dev.temps.control.metric;

import dev.temps.contract.agent.Usage;

/** Sums of one node over an interval. Not thread-safe. */
final class Sums {
  private static final double THOUSAND = 1_000;

  // Sums of bytes as doubles: 10,000 samples of 64 TiB are beyond 2^53, and then exact enough.
  private double cpu;
  private double memory;
  private double disk;
  private double load;
  private double containers;
  private int samples;

  void add(Usage usage) {
    add(
        1,
        (double) usage.cpuMillis(),
        (double) usage.memoryBytes(),
        (double) usage.diskBytes(),
        usage.loadAverage() * THOUSAND,
        usage.containers());
  }

  void add(MetricRow row) {
    add(
        row.samples(),
        (double) row.cpuMillis(),
        (double) row.memoryBytes(),
        (double) row.diskBytes(),
        (double) row.loadThousandths(),
        row.containers());
  }

  private void add(
      int weight,
      double cpuMillis,
      double memoryBytes,
      double diskBytes,
      double loadThousandths,
      double running) {
    samples += weight;
    cpu += weight * cpuMillis;
    memory += weight * memoryBytes;
    disk += weight * diskBytes;
    load += weight * loadThousandths;
    containers += weight * running;
  }

  MetricRow row(Resolution resolution, long at, String nodeId) {
    return new MetricRow(
        Math.toIntExact(resolution.step().toSeconds()),
        at,
        nodeId,
        mean(cpu),
        mean(memory),
        mean(disk),
        mean(load),
        Math.toIntExact(mean(containers)),
        samples);
  }

  private long mean(double sum) {
    return Math.round(sum / samples);
  }
}
