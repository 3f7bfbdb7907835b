package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/** What one container uses now; cpu in thousandths of a core over the last second. */
@Json
public record WorkloadStats(
    String id,
    long cpuMillis,
    long memoryBytes,
    long memoryLimitBytes,
    long receivedBytes,
    long sentBytes,
    int processes) {}
