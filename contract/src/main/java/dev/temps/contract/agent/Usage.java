package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/** What the machine uses now; cpu over the last report interval, in thousandths of a core. */
@Json
public record Usage(
    long cpuMillis, long memoryBytes, long diskBytes, int containers, double loadAverage) {}
