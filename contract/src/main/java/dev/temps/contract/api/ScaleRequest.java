package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * Wished number of replicas.
 *
 * @param replicas 0 to 100
 */
@Json
public record ScaleRequest(int replicas) {}
