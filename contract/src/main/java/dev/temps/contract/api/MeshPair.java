package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One direction between two nodes as the first sees it.
 *
 * @param path {@code direct}, or {@code via NODE}
 * @param via the node in between, null for the direct way
 * @param sinceMillis wall clock since when it goes through that node, null for the direct way
 * @param handshakeAgeMillis −1 for never
 * @param roundTripMicros −1 for none
 * @param problem what is wrong, why, what next
 */
@Json
public record MeshPair(
    String from,
    String to,
    String path,
    @Nullable String via,
    @Nullable Long sinceMillis,
    boolean reachable,
    long handshakeAgeMillis,
    long receivedBytes,
    long sentBytes,
    long roundTripMicros,
    @Nullable String endpoint,
    @Nullable String problem) {}
