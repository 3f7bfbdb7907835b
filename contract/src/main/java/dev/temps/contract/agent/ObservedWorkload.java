package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A workload as its agent sees it; written by that agent only.
 *
 * @param reason why it is not running, in words; null when there is nothing to say
 * @param restarts how often the agent started it again since it was created
 * @param restartGeneration the generation this container has carried out, or failed to
 * @param startedAtMillis wall clock of its last start, 0 if never
 */
@Json
public record ObservedWorkload(
    String id,
    ObservedState state,
    Health health,
    @Nullable String reason,
    @Nullable Integer exitCode,
    int restarts,
    long restartGeneration,
    @Nullable String containerId,
    long startedAtMillis) {}
