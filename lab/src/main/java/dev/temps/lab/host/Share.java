package dev.temps.lab.host;

/**
 * What a machine gets of the host.
 *
 * @param cpus cores, may be a fraction
 * @param memoryBytes upper bound of its memory, page cache included
 */
public record Share(double cpus, long memoryBytes) {
  /** Length of one accounting period of the kernel's cpu quota, its default. */
  static final int CPU_PERIOD_US = 100_000;

  /** Cpu time per period, in microseconds. */
  long quotaUs() {
    return Math.round(cpus * CPU_PERIOD_US);
  }
}
