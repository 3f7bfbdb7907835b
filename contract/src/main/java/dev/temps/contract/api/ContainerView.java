package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One replica.
 *
 * @param name shown to people, e.g. web-1
 * @param state what its node's agent sees: waiting, pulling, starting, running, exited, stopped,
 *     failed; or unknown while the node is not heard of
 * @param placedBecause the scheduler's reason, one sentence
 */
@Json
public record ContainerView(
    String id,
    String name,
    String app,
    String deploymentId,
    String nodeId,
    String node,
    @Nullable String address,
    int port,
    String desired,
    String state,
    String health,
    @Nullable String reason,
    int restarts,
    long cpuMillis,
    long memoryBytes,
    String image,
    long createdAtMillis,
    long startedAtMillis,
    String placedBecause) {}
