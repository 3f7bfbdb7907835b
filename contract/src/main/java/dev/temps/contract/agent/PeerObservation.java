package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a mesh pair, as seen from the reporting node.
 *
 * @param handshakeAgeMillis since the last handshake, −1 for never
 * @param roundTripMicros of the last probe that was answered, −1 for none
 * @param reachable whether the last probe to a container address there was answered
 * @param endpoint the one in use
 * @param silentMillis how long it has been shown not to answer: from the start of the first probe
 *     without an answer to the end of the latest one, with no gap between them; 0 while it answers,
 *     null when the reporting node doesn't watch that closely
 * @param relay how it stands with a peer that is reached through another; null for the direct way
 * @param keys while the peer has two: those it is known by here, first the one it is reached with
 * @param probedAgoMillis since the latest probe ended, as of the report; null before the first
 */
@Json
public record PeerObservation(
    String nodeId,
    long handshakeAgeMillis,
    long receivedBytes,
    long sentBytes,
    long roundTripMicros,
    boolean reachable,
    @Nullable String endpoint,
    @Nullable Long silentMillis,
    @Nullable Relay relay,
    @Nullable List<String> keys,
    @Nullable Long probedAgoMillis) {

  /**
   * A way round.
   *
   * @param via id of the node in between; {@code reachable} and round trip are those of this way
   * @param direct whether anything has come from the peer by the direct way lately
   */
  @Json
  public record Relay(String via, boolean direct) {}

  public PeerObservation {
    keys = keys == null ? null : List.copyOf(keys);
  }

  /** The same as of a report that is sent that long after the latest probe. */
  public PeerObservation probedAgo(long millis) {
    return new PeerObservation(
        nodeId,
        handshakeAgeMillis,
        receivedBytes,
        sentBytes,
        roundTripMicros,
        reachable,
        endpoint,
        silentMillis,
        relay,
        keys,
        Long.valueOf(millis));
  }
}
