package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A variable of an app.
 *
 * @param value null for a secret
 */
@Json
public record VariableView(
    String name, boolean secret, @Nullable String value, long updatedAtMillis, String updatedBy) {}
