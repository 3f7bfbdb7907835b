package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Which release to go back to.
 *
 * @param to its number; null: the one that served before the present one
 */
@Json
public record RollbackRequest(@Nullable Integer to) {}
