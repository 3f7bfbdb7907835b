package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invitation without its secret.
 *
 * @param state open, used, expired or revoked
 * @param usedBy name of the node that used it
 */
@Json
public record TokenView(
    String id,
    @Nullable String name,
    Map<String, String> labels,
    long createdAtMillis,
    long expiresAtMillis,
    String state,
    @Nullable String usedBy) {}
