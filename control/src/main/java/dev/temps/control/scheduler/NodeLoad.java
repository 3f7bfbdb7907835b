package dev.temps.control.scheduler;

/**
 * A node and what is promised on it.
 *
 * @param cpuMillis reserved
 * @param memoryBytes reserved
 * @param cpuWeight reserved, and a small default for each container without a figure
 * @param memoryWeight as {@code cpuWeight}
 * @param containers all of them
 * @param ofGroup those of the release being placed
 */
record NodeLoad(
    NodeState node,
    long cpuMillis,
    long memoryBytes,
    long cpuWeight,
    long memoryWeight,
    int containers,
    int ofGroup) {

  // What an idle small web server takes; only for choosing, never for refusing.
  private static final long CPU_DEFAULT_MILLIS = 50;
  private static final long MEMORY_DEFAULT_BYTES = 64L << 20;

  static NodeLoad empty(NodeState node) {
    return new NodeLoad(node, 0, 0, 0, 0, 0, 0);
  }

  NodeLoad plus(long cpu, long memory, boolean sameGroup) {
    return new NodeLoad(
        node,
        cpuMillis + cpu,
        memoryBytes + memory,
        cpuWeight + (cpu == 0 ? CPU_DEFAULT_MILLIS : cpu),
        memoryWeight + (memory == 0 ? MEMORY_DEFAULT_BYTES : memory),
        containers + 1,
        ofGroup + (sameGroup ? 1 : 0));
  }

  /** Share of the scarcer resource that is promised, in thousandths. */
  long fullness() {
    return Math.max(share(cpuWeight, node.cpuMillis()), share(memoryWeight, node.memoryBytes()));
  }

  private static long share(long used, long capacity) {
    return capacity <= 0 ? Long.MAX_VALUE : (long) (used * 1000.0 / capacity);
  }
}
