package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/** A registry whose credentials are stored. */
@Json
public record RegistryView(String host, String username, long updatedAtMillis) {}
