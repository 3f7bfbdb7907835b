package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a machine is; changes rarely. Written by the agent.
 *
 * @param cpuMillis share of cpu in thousandths of a core, the cgroup's limit if there is one
 * @param memoryBytes memory, the cgroup's limit if there is one
 * @param diskBytes size of the disk that holds containers
 * @param dockerVersion engine version, e.g. 20.10.24
 * @param wireguard {@code kernel} or {@code userspace}
 * @param cgroup {@code v1} or {@code v2}
 * @param addresses addresses of the machine's own interfaces, without the mesh and Docker's
 */
@Json
public record HostFacts(
    String hostname,
    String os,
    String kernel,
    String arch,
    long cpuMillis,
    long memoryBytes,
    long diskBytes,
    String dockerVersion,
    String wireguard,
    String cgroup,
    List<String> addresses) {

  public HostFacts {
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
  }
}
