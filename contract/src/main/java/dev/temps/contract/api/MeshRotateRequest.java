package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A wish for new WireGuard keys.
 *
 * @param node name or id; null for all nodes, one after the other
 */
@Json
public record MeshRotateRequest(@Nullable String node) {}
