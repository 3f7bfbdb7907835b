package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/** Who the bearer of a token is. */
@Json
public record WhoAmI(String name, String role, String cluster) {}
