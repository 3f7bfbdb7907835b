package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/** What a node used on average from a time on; cpu in thousandths of a core. */
@Json
public record MetricPoint(
    long atMillis, long cpuMillis, long memoryBytes, long diskBytes, double load, int containers) {}
