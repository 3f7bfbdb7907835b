package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import org.jspecify.annotations.Nullable;

/**
 * One container of a release. Everything but {@code observed} is desired state.
 *
 * @param id also the container's name on its node
 * @param ordinal 1, 2, …; with the app's name what people call it
 * @param retiredAt when the routes left it, null while they may lead to it
 * @param unroutedAt when all ingress nodes that live had left it, null before
 * @param removedAt when it was taken from its node, null while it is there
 */
public record Replica(
    String id,
    String deploymentId,
    String nodeId,
    int ordinal,
    String address,
    Desired desired,
    long restartGeneration,
    long cpuMillis,
    long memoryBytes,
    String placedBecause,
    long createdAt,
    @Nullable Long retiredAt,
    @Nullable Long unroutedAt,
    @Nullable Long removedAt,
    Observed observed) {

  /** Whether it can answer requests, with the last asked restart done. */
  public boolean healthy() {
    return observed.serves() && observed.generation() >= restartGeneration;
  }

  /** Whether it is meant to stay. */
  public boolean staying() {
    return retiredAt == null && removedAt == null;
  }

  /** {@code web-1}. */
  public String name(String app) {
    return app + "-" + ordinal;
  }
}
