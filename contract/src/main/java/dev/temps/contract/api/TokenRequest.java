package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an invitation.
 *
 * @param ttlSeconds 60 to 604800; null: one hour
 * @param name name of the node that will use it, null: free
 */
@Json
public record TokenRequest(
    @Nullable Long ttlSeconds, @Nullable String name, @Nullable Map<String, String> labels) {}
