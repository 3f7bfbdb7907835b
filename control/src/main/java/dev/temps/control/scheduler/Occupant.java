package dev.temps.control.scheduler;

/**
 * A container that holds its place on a node, running or not yet.
 *
 * @param group the release it belongs to; containers of one group are spread
 * @param cpuMillis reserved, 0 for none
 * @param memoryBytes reserved, 0 for none
 */
public record Occupant(String nodeId, String group, long cpuMillis, long memoryBytes) {}
