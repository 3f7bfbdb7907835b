package dev.temps.control.scheduler;

/**
 * Memory beside cpu as one number: 0 is only cpu, 1 only memory, a half is {@link #BYTES_PER_CORE}.
 * Packing fills both when what is taken has the proportion of what is left. Stateless.
 */
final class Proportion {
  /** Of nothing. */
  static final double NONE = Double.NaN;

  // 4 GiB for a core, what servers usually have; another scale would only weigh angles otherwise.
  private static final double BYTES_PER_CORE = 1L << 32;

  private Proportion() {}

  /** Of what is taken or left; {@link #NONE} when that is nothing. */
  static double of(long cpuMillis, long memoryBytes) {
    double cpu = Math.max(0, cpuMillis) / 1000.0;
    double memory = Math.max(0, memoryBytes) / BYTES_PER_CORE;
    return cpu + memory == 0 ? NONE : memory / (cpu + memory);
  }

  /** How much two differ: the sine of the angle between them, 0 to 1; 0 with {@link #NONE}. */
  static double difference(double one, double other) {
    double sine = Math.abs(one - other) / (length(one) * length(other));
    return sine > 0 ? Math.min(1, sine) : 0;
  }

  private static double length(double proportion) {
    return Math.sqrt(proportion * proportion + (1 - proportion) * (1 - proportion));
  }
}
