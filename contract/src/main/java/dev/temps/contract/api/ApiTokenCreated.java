package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A new API token, shown once.
 *
 * @param projects what it is held to; empty: not held
 * @param expiresAtMillis 0 for never
 */
@Json
public record ApiTokenCreated(
    String id,
    String name,
    String token,
    String role,
    List<String> projects,
    long expiresAtMillis) {}
