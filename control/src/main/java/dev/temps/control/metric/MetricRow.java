package dev.temps.control.metric;

/**
 * What one node used, on average, from a time on.
 *
 * @param resolution length of the interval in seconds
 * @param at its start, milliseconds since the epoch, a multiple of its length
 * @param loadThousandths load average times a thousand
 * @param samples reports it is made of
 */
public record MetricRow(
    int resolution,
    long at,
    String nodeId,
    long cpuMillis,
    long memoryBytes,
    long diskBytes,
    long loadThousandths,
    int containers,
    int samples) {}
