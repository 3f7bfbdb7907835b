package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an API token. It may not do more than the token that asks for it.
 *
 * @param role owner, operator, developer or viewer
 * @param projects what a developer or viewer is held to; a viewer without sees everything
 * @param ttlSeconds 60 to 315360000, 0: never ends; null: 90 days
 */
@Json
public record ApiTokenRequest(
    String name, String role, @Nullable List<String> projects, @Nullable Long ttlSeconds) {}
