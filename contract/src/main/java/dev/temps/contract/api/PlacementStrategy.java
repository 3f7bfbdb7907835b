package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * Which of equally good nodes is taken for a replica, and who said so.
 *
 * @param strategy {@code spread}: the least reserved; {@code pack}: one in use that it fills best
 * @param source {@code app}: the app says it itself; {@code cluster}: it is the cluster's default
 */
@Json
public record PlacementStrategy(String strategy, String source) {}
