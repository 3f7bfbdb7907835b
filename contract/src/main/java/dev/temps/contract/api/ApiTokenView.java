package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * An API token without its secret.
 *
 * @param projects what it is held to; empty: not held
 * @param state active, expired or revoked
 * @param createdBy name of the token it was made with
 * @param expiresAtMillis 0 for never
 * @param lastUsedAtMillis up to a minute behind, 0 for never
 */
@Json
public record ApiTokenView(
    String id,
    String name,
    String role,
    List<String> projects,
    String state,
    String createdBy,
    long createdAtMillis,
    long expiresAtMillis,
    long lastUsedAtMillis) {}
