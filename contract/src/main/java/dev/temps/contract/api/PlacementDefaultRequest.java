package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * Says what apps go by that say nothing themselves.
 *
 * @param strategy {@code spread} or {@code pack}
 */
@Json
public record PlacementDefaultRequest(String strategy) {}
