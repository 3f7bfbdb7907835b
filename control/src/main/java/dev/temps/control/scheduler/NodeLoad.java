package dev.temps.control.scheduler;

import java.util.HashMap;
import java.util.Map;

/** A node and what is promised on it. Not thread-safe. */
final class NodeLoad {
  /** A place without a name at some level. */
  static final int NOWHERE = -1;

  // What an idle small web server takes; only for choosing, never for refusing.
  private static final long CPU_DEFAULT_MILLIS = 50;
  private static final long MEMORY_DEFAULT_BYTES = 64L << 20;
  private static final long FULL = 1000;
  // Beyond ten times its capacity one node is as bad as another.
  private static final long SHARE_MAX = 10 * FULL;

  final NodeState node;

  /** Position by name; ties go to the lower one. */
  final int index;

  /** Numbers of its zone and region, {@link #NOWHERE} without the label. */
  final int zone;

  final int region;

  private long cpuMillis;
  private long memoryBytes;
  private long diskBytes;
  private long cpuWeight;
  private long memoryWeight;
  private int containers;
  private int databases;
  private final Map<HostPort, Integer> ports = new HashMap<>(0);

  NodeLoad(NodeState node, int index, int zone, int region) {
    this.node = node;
    this.index = index;
    this.zone = zone;
    this.region = region;
  }

  /**
   * Counts a container in or out.
   *
   * @param sign 1 or -1
   */
  void count(Occupant one, int sign) {
    cpuMillis += sign * one.cpuMillis();
    memoryBytes += sign * one.memoryBytes();
    diskBytes += sign * one.diskBytes();
    cpuWeight += sign * (one.cpuMillis() == 0 ? CPU_DEFAULT_MILLIS : one.cpuMillis());
    memoryWeight += sign * (one.memoryBytes() == 0 ? MEMORY_DEFAULT_BYTES : one.memoryBytes());
    containers += sign;
    databases += one.kind() == WorkloadKind.DATABASE ? sign : 0;
    for (HostPort port : one.ports()) {
      ports.merge(port, sign, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  /** The number of its place at a level; {@link #NOWHERE} when its label is missing. */
  int place(Level level) {
    return switch (level) {
      case NODE -> index;
      case ZONE -> zone;
      case REGION -> region;
    };
  }

  long cpuLeft() {
    return node.cpuMillis() - cpuMillis;
  }

  long memoryLeft() {
    return node.memoryBytes() - memoryBytes;
  }

  long diskLeft() {
    return node.diskBytes() - diskBytes;
  }

  int containers() {
    return containers;
  }

  /** Of what is left. */
  double proportion() {
    return Proportion.of(cpuLeft(), memoryLeft());
  }

  /** Whether nothing is there. */
  boolean unused() {
    return containers == 0;
  }

  /** Whether it has any of that kind. */
  boolean has(WorkloadKind kind) {
    return switch (kind) {
      case APP -> containers > databases;
      case DATABASE -> databases > 0;
    };
  }

  boolean has(HostPort port) {
    return !ports.isEmpty() && ports.containsKey(port);
  }

  /** Share of the scarcer resource that is promised, in thousandths. */
  long fullness() {
    return Math.max(cpuShare(), memoryShare());
  }

  /** Mean of the shares that are promised, in thousandths. */
  long packed() {
    return (cpuShare() + memoryShare()) / 2;
  }

  private long cpuShare() {
    return share(cpuWeight, node.cpuMillis());
  }

  private long memoryShare() {
    return share(memoryWeight, node.memoryBytes());
  }

  private static long share(long used, long capacity) {
    return capacity <= 0 ? SHARE_MAX : Math.min(SHARE_MAX, (long) (used * 1000.0 / capacity));
  }
}
