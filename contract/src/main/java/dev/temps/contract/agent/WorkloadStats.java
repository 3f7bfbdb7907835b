package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * What one container uses now; cpu in thousandths of a core over the last second.
 *
 * @param memoryLimitBytes an engine without a limit gives the host's memory; to people it is 0 then
 */
@Json
public record WorkloadStats(
    String id,
    long cpuMillis,
    long memoryBytes,
    long memoryLimitBytes,
    long receivedBytes,
    long sentBytes,
    int processes) {

  /** The same with the limit that was asked for, 0 for none. */
  public WorkloadStats limitedTo(long bytes) {
    return new WorkloadStats(
        id, cpuMillis, memoryBytes, bytes, receivedBytes, sentBytes, processes);
  }
}
