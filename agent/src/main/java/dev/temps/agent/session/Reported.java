package dev.temps.agent.session;

import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lists the control plane has accepted in this session: what need not be said again. Byte
 * counters and handshake ages of peers change all the time, so peers are said again when one
 * becomes reachable or not, and every five seconds. Of one that has just fallen silent every news
 * is told at once: the control plane waits for it. Immutable.
 *
 * @param peersAt monotonic time of the last peers
 * @param traffic all of it, as it was when it was last told
 * @param trafficAt monotonic time of then
 */
record Reported(
    @Nullable List<ObservedWorkload> workloads,
    @Nullable List<PeerObservation> peers,
    @Nullable List<Condition> conditions,
    @Nullable CaTrust trust,
    Duration peersAt,
    @Nullable Traffic traffic,
    Duration trafficAt) {
  private static final Duration TRAFFIC_EVERY = Duration.ofSeconds(5); // history has ten
  private static final Duration PEERS_AGE_MAX = Duration.ofSeconds(5);
  private static final Duration FRESH_SILENCE = Duration.ofSeconds(30);
  private static final int SMALL_MESH = 50; // a longer list every second is too much for everybody

  /** Nothing accepted yet: the next report carries everything. */
  static final Reported NOTHING =
      new Reported(null, null, null, null, Duration.ZERO, null, Duration.ZERO);

  @Nullable List<ObservedWorkload> newWorkloads(List<ObservedWorkload> now) {
    return now.equals(workloads) ? null : now;
  }

  @Nullable List<Condition> newConditions(List<Condition> now) {
    return now.equals(conditions) ? null : now;
  }

  @Nullable CaTrust newTrust(CaTrust now) {
    return now.equals(trust) ? null : now;
  }

  /** Whether it is time to look at what the ingress answered. */
  boolean trafficDue(Duration elapsed) {
    return traffic == null || elapsed.minus(trafficAt).compareTo(TRAFFIC_EVERY) >= 0;
  }

  /** The apps with other figures than were accepted; all, if also none, at first. */
  @Nullable Traffic newTraffic(Traffic now) {
    Traffic old = traffic;
    if (old == null) {
      return now;
    }
    Set<Traffic.OfApp> known = Set.copyOf(old.apps());
    List<Traffic.OfApp> news = now.apps().stream().filter(app -> !known.contains(app)).toList();
    return news.isEmpty() ? null : new Traffic(now.start(), news);
  }

  @Nullable List<PeerObservation> newPeers(List<PeerObservation> now, Duration elapsed) {
    List<PeerObservation> old = peers;
    boolean same = old != null && reach(old).equals(reach(now));
    boolean fresh = elapsed.minus(peersAt).compareTo(PEERS_AGE_MAX) < 0;
    return same && (fresh || now.equals(old)) ? null : now;
  }

  private record Reach(
      String node,
      boolean reachable,
      @Nullable String endpoint,
      PeerObservation.@Nullable Relay relay,
      @Nullable List<String> keys,
      long freshSilence) {}

  private static List<Reach> reach(List<PeerObservation> peers) {
    boolean small = peers.size() <= SMALL_MESH;
    return peers.stream()
        .map(p ->
            new Reach(
                p.nodeId(),
                p.reachable(),
                p.endpoint(),
                p.relay(),
                p.keys(),
                small ? freshSilence(p) : 0))
        .toList();
  }

  private static long freshSilence(PeerObservation peer) {
    Long silent = peer.silentMillis();
    return silent == null || silent > FRESH_SILENCE.toMillis() ? 0 : silent;
  }
}
