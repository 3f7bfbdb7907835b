package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A node's WireGuard public keys while they are being rotated. The private ones never leave it.
 *
 * @param current the one in use
 * @param next the one that is on its disk and will follow; null for none
 */
@Json
public record MeshKeys(String current, @Nullable String next) {}
