package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Who the bearer of a token is.
 *
 * @param projects what the token is held to; empty: not held
 * @param expiresAtMillis 0 for never
 */
@Json
public record WhoAmI(
    String name, String role, String cluster, List<String> projects, long expiresAtMillis) {}
