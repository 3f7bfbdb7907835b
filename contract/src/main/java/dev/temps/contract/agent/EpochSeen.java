package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * The highest epoch an agent has seen: a control plane of a lower one was replaced.
 *
 * @param epoch −1 for none yet
 */
@Json
public record EpochSeen(long epoch) {}
