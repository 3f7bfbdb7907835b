package dev.temps.agent.runtime;

/** One row of a list of containers. */
public record ContainerSummary(String id, String name, ContainerState state) {}
