package dev.temps.lab.product;

/**
 * A node as {@code temps node list} tells of it.
 *
 * @param liveness pending, ready, suspect or down
 */
public record NodeState(String name, String liveness) {}
