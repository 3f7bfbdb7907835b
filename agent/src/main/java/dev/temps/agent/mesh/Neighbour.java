package dev.temps.agent.mesh;

import dev.temps.agent.probe.ProbeSchedule;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this node remembers about one peer between rounds. Used by one thread. */
final class Neighbour {
  private static final Duration GRACE = Duration.ofSeconds(10); // before it is worth a complaint
  private static final Duration TURN = Duration.ofSeconds(10); // a slow one is followed slowly
  private static final Duration DOUBT = Duration.ofSeconds(30); // then everybody has made up a mind

  private PeerSpec spec;
  private @Nullable PeerSpec relay;
  private @Nullable DevicePeer device;
  private String key;
  private @Nullable List<String> keys;
  private @Nullable Duration turningSince;
  private EndpointPlanner.@Nullable Trial trial;
  private @Nullable Duration receivedAt;
  private @Nullable Duration probedAt;
  private @Nullable Duration outcomeAt;
  private final Silence silence = new Silence();
  private boolean watched;
  private Duration silentSince;
  private boolean answered;
  private long roundTripMicros = -1;

  Neighbour(PeerSpec spec, Duration now) {
    this.spec = spec;
    this.key = spec.publicKey();
    this.silentSince = now;
  }

  PeerSpec spec() {
    return spec;
  }

  /** What the control plane says now; {@code through} is the peer in between, null for none. */
  void assigned(PeerSpec next, @Nullable PeerSpec through) {
    if (through != null && relay == null) {
      receivedAt = null; // what came before the relay says nothing about the direct way of now
    }
    spec = next;
    relay = through;
  }

  boolean relayed() {
    return relay != null;
  }

  /** Whether anything came by the direct way lately; a peer that tries sends every five seconds. */
  private boolean heardDirectly(Duration now) {
    return receivedAt != null && now.minus(receivedAt).compareTo(EndpointPlanner.SILENCE) < 0;
  }

  void watched(boolean now) {
    watched = now;
  }

  /** Whether somebody may be waiting for what this node says of the peer. */
  boolean doubted() {
    long shown = silence.shown().toMillis();
    return watched && shown > 0 && shown < DOUBT.toMillis();
  }

  boolean answered() {
    return answered;
  }

  Duration roundTrip() {
    return Duration.ofNanos(Math.max(0, roundTripMicros) * 1_000);
  }

  /** The key it is reached with. */
  String key() {
    return key;
  }

  /** Whether its next key may be the one in use any moment. */
  boolean turning(Duration now) {
    Duration since = turningSince;
    boolean waiting = PeerKeys.all(spec).size() > 1 && key.equals(spec.publicKey());
    return waiting && (since == null || now.minus(since).compareTo(TURN) < 0);
  }

  /** The next round asks it. */
  void probeSoon() {
    probedAt = null;
  }

  /** The device's present figures, by key. */
  void saw(Map<String, DevicePeer> byKey, Duration at) {
    List<String> wanted = PeerKeys.all(spec);
    turningSince = wanted.size() == 1 ? null : turningSince == null ? at : turningSince;
    String used = PeerKeys.inUse(spec, byKey);
    keys =
        wanted.size() == 1
            ? null
            : Stream.concat(Stream.of(used), wanted.stream().filter(k -> !k.equals(used)))
                .filter(byKey::containsKey)
                .toList();
    if (!used.equals(key)) {
      device = null; // its counters start again
      key = used;
    }
    saw(byKey.get(used), at);
  }

  private void saw(@Nullable DevicePeer now, Duration at) {
    if (now != null && now.receivedBytes() > (device == null ? 0 : device.receivedBytes())) {
      receivedAt = at;
    }
    device = now;
  }

  /** The endpoint the device has to be told, null for none. */
  @Nullable String redirect(Duration now) {
    if (device == null) {
      trial = null;
      return null;
    }
    boolean works = answered && relay == null; // probes of a relayed one say nothing of its own way
    var seen = new EndpointPlanner.Seen(device.endpoint(), works, receivedAt);
    trial = EndpointPlanner.next(PeerPlanner.candidates(spec), trial, seen, now);
    return trial == null || trial.endpoint().equals(device.endpoint()) ? null : trial.endpoint();
  }

  ProbeSchedule.Peer schedule(Duration now) {
    return new ProbeSchedule.Peer(spec.nodeId(), probedAt, answered, silentFor(now), watched);
  }

  /** The outcome of a probe; whether it differs from the one before. */
  boolean probed(OptionalLong micros, Duration start, Duration end) {
    boolean before = answered;
    probedAt = start;
    outcomeAt = end;
    answered = micros.isPresent();
    silence.probed(answered, start, end);
    if (micros.isPresent()) {
      roundTripMicros = micros.getAsLong();
      silentSince = end;
    }
    return before != answered;
  }

  /**
   * An observation whose age is told when it is reported.
   *
   * @param probedAt monotonic time of the latest probe's end, null before the first
   */
  record Sighting(PeerObservation observation, @Nullable Duration probedAt) {
    PeerObservation asOf(Duration now) {
      return probedAt == null
          ? observation
          : observation.probedAgo(Math.max(0, now.minus(probedAt).toMillis()));
    }
  }

  Sighting sighting(Duration now, long nowMillis) {
    return new Sighting(observation(now, nowMillis), outcomeAt);
  }

  private PeerObservation observation(Duration now, long nowMillis) {
    return new PeerObservation(
        spec.nodeId(),
        handshakeAgeMillis(nowMillis),
        device == null ? 0 : device.receivedBytes(),
        device == null ? 0 : device.sentBytes(),
        roundTripMicros,
        answered,
        device == null ? null : device.endpoint(),
        watched ? Long.valueOf(silence.shown().toMillis()) : null,
        relay == null ? null : new PeerObservation.Relay(relay.nodeId(), heardDirectly(now)),
        keys,
        null);
  }

  /** What is wrong with this peer in words, null while it answers or is still new. */
  @Nullable String complaint(Duration now, long nowMillis) {
    if (answered || silentFor(now).compareTo(GRACE) < 0) {
      return null;
    }
    if (device == null) {
      return spec.name() + " could not be added to WireGuard: its figures are not valid here";
    }
    long silentMillis = silentFor(now).toMillis();
    if (relay != null) {
      return "%s has not answered through %s for %d s, nor directly"
          .formatted(spec.name(), relay.name(), silentMillis / 1_000);
    }
    long handshakeAge = handshakeAgeMillis(nowMillis);
    String endpoint = device.endpoint() == null ? "no known endpoint" : device.endpoint();
    String who = spec.name() + " (" + endpoint + ")";
    if (handshakeAge < 0 || handshakeAge >= silentMillis) {
      return "no handshake with %s for %d s: is UDP %s open on both machines?"
          .formatted(who, silentMillis / 1_000, portOf(endpoint));
    }
    return "%s shakes hands but its probe %s has not answered for %d s: is its agent well?"
        .formatted(who, spec.probeAddress(), silentMillis / 1_000);
  }

  private static String portOf(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    return colon < 0 ? Integer.toString(MeshNames.WIREGUARD_PORT) : endpoint.substring(colon + 1);
  }

  private Duration silentFor(Duration now) {
    return now.minus(silentSince);
  }

  private long handshakeAgeMillis(long nowMillis) {
    return device == null || device.lastHandshakeSeconds() == 0
        ? -1
        : Math.max(0, nowMillis - device.lastHandshakeSeconds() * 1_000);
  }
}
