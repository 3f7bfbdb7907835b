package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a mesh pair, as seen from the reporting node.
 *
 * @param handshakeAgeMillis since the last handshake, −1 for never
 * @param roundTripMicros of the last probe that was answered, −1 for none
 * @param reachable whether the last probe to a container address there was answered
 * @param endpoint the one in use
 */
@Json
public record PeerObservation(
    String nodeId,
    long handshakeAgeMillis,
    long receivedBytes,
    long sentBytes,
    long roundTripMicros,
    boolean reachable,
    @Nullable String endpoint) {}
