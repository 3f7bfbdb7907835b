package dev.temps.control.scheduler;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node as placement sees it. Nonsense is taken for the nearest sense: negative capacity for
 * none, more than any machine has for {@link #CPU_MAX_MILLIS} and {@link #BYTES_MAX}.
 *
 * @param closed why nothing may be placed here, in a word or two ({@code cordoned}, {@code down});
 *     null when the node is open
 * @param arch as Docker names it, e.g. amd64
 * @param labels {@code zone} and {@code region} among them
 * @param taints what keeps workloads off that do not tolerate it
 * @param cpuMillis capacity in thousandths of a core
 * @param memoryBytes capacity
 * @param diskBytes capacity that may be reserved; {@link #BYTES_MAX} when it is not known
 * @param fullDisk why its disk gets nothing new, null when it does
 */
public record NodeState(
    String id,
    String name,
    @Nullable String closed,
    String arch,
    Map<String, String> labels,
    List<Taint> taints,
    long cpuMillis,
    long memoryBytes,
    long diskBytes,
    @Nullable FullDisk fullDisk) {
  /** A million cores. */
  public static final long CPU_MAX_MILLIS = 1_000_000_000L;

  /** A PiB: sums of thousands of them are still numbers. */
  public static final long BYTES_MAX = 1L << 50;

  public NodeState {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    cpuMillis = Math.clamp(cpuMillis, 0, CPU_MAX_MILLIS);
    memoryBytes = Math.clamp(memoryBytes, 0, BYTES_MAX);
    diskBytes = Math.clamp(diskBytes, 0, BYTES_MAX);
  }

  /** A node whose disk gets more as long as not all of it is reserved. */
  public NodeState(
      String id,
      String name,
      @Nullable String closed,
      String arch,
      Map<String, String> labels,
      List<Taint> taints,
      long cpuMillis,
      long memoryBytes,
      long diskBytes) {
    this(id, name, closed, arch, labels, taints, cpuMillis, memoryBytes, diskBytes, null);
  }

  /** A node without taints, whose disk is not counted. */
  public NodeState(
      String id,
      String name,
      @Nullable String closed,
      String arch,
      Map<String, String> labels,
      long cpuMillis,
      long memoryBytes) {
    this(id, name, closed, arch, labels, List.of(), cpuMillis, memoryBytes, BYTES_MAX);
  }

  /** The same node as if nothing stood against placing something there. */
  public NodeState opened() {
    return new NodeState(
        id, name, null, arch, labels, taints, cpuMillis, memoryBytes, diskBytes, null);
  }

  /** The same node where nothing may be placed. */
  public NodeState closed(String why) {
    return new NodeState(
        id, name, why, arch, labels, taints, cpuMillis, memoryBytes, diskBytes, fullDisk);
  }

  /** The same node with other taints. */
  public NodeState tainted(List<Taint> other) {
    return new NodeState(
        id, name, closed, arch, labels, other, cpuMillis, memoryBytes, diskBytes, fullDisk);
  }

  /** The same node with another disk. */
  public NodeState withDisk(long bytes) {
    return new NodeState(
        id, name, closed, arch, labels, taints, cpuMillis, memoryBytes, bytes, fullDisk);
  }

  /** The same node with a disk that gets nothing new, or with one that does. */
  public NodeState fullDisk(@Nullable FullDisk other) {
    return new NodeState(
        id, name, closed, arch, labels, taints, cpuMillis, memoryBytes, diskBytes, other);
  }
}
