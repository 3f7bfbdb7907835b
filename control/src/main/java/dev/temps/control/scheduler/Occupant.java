package dev.temps.control.scheduler;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A container that holds its place on a node, running or not yet. Negative figures count as none.
 *
 * @param group the release it belongs to; containers of one group are spread
 * @param name its app or database; null when nothing needs to be near or apart from it
 * @param cpuMillis reserved, 0 for none
 * @param memoryBytes reserved, 0 for none
 * @param diskBytes reserved, 0 for none
 * @param ports of the node that it has
 * @param shuns what it must stay apart from, which therefore must not come to it either
 */
public record Occupant(
    String nodeId,
    String group,
    @Nullable WorkloadName name,
    long cpuMillis,
    long memoryBytes,
    long diskBytes,
    Set<HostPort> ports,
    List<Affinity> shuns) {

  public Occupant {
    cpuMillis = Math.clamp(cpuMillis, 0, NodeState.CPU_MAX_MILLIS);
    memoryBytes = Math.clamp(memoryBytes, 0, NodeState.BYTES_MAX);
    diskBytes = Math.clamp(diskBytes, 0, NodeState.BYTES_MAX);
    ports = Set.copyOf(ports);
    shuns = List.copyOf(shuns);
  }

  /** One of which only its reservations and its release matter. */
  public Occupant(String nodeId, String group, long cpuMillis, long memoryBytes) {
    this(nodeId, group, null, cpuMillis, memoryBytes, 0, Set.of(), List.of());
  }

  /** The same one known by its app or database. */
  public Occupant named(WorkloadName other) {
    return new Occupant(nodeId, group, other, cpuMillis, memoryBytes, diskBytes, ports, shuns);
  }

  WorkloadKind kind() {
    return name == null ? WorkloadKind.APP : name.kind();
  }
}
