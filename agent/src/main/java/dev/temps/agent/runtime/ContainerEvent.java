package dev.temps.agent.runtime;

/**
 * Something happened to a container.
 *
 * @param action the engine's word: start, die, oom, destroy
 */
public record ContainerEvent(String name, String action) {}
