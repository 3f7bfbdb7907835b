package dev.temps.control.mesh;

/**
 * How the traffic of a pair goes when it doesn't go directly.
 *
 * @param via id of the node in between
 * @param sinceMillis wall clock
 */
public record Path(String via, long sinceMillis) {}
