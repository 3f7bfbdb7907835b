package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a node used over time, and what it has. Intervals it was not heard in are missing.
 *
 * @param stepSeconds length of each point's interval
 * @param points oldest first
 */
@Json
public record NodeMetrics(
    String node,
    int stepSeconds,
    long cpuMillis,
    long memoryBytes,
    long diskBytes,
    List<MetricPoint> points) {}
