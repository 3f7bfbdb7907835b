package dev.temps.agent.mesh;

import dev.temps.agent.probe.Probe;
import dev.temps.agent.probe.ProbeSchedule;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The peers of this node: makes the device have them and finds out who answers. One thread. */
final class Neighbours {
  /** Changes in one round; a thousand new peers take some rounds, and the loop stays awake. */
  private static final int CHANGES_MAX = 100;

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration LOOK_CLOSELY = Duration.ofSeconds(1);

  private final WireGuard wireGuard;
  private final Probe probe;
  private final Time time;
  private final Map<String, Neighbour> byNode = new LinkedHashMap<>();
  private @Nullable Duration lookedAt;

  Neighbours(WireGuard wireGuard, Probe probe, Time time) {
    this.wireGuard = wireGuard;
    this.probe = probe;
    this.time = time;
  }

  /** From now on these are the peers; what is known about those that stay is kept. */
  void assign(MeshSelf self, List<PeerSpec> peers) {
    Set<String> watched = Watch.of(self.address(), peers);
    Ways ways = new Ways(peers);
    Map<String, Neighbour> before = new HashMap<>(byNode);
    byNode.clear();
    for (PeerSpec peer : peers) {
      Neighbour known = before.get(peer.nodeId());
      if (known == null || !PeerKeys.all(known.spec()).contains(peer.publicKey())) {
        known = new Neighbour(peer, time.elapsed());
      }
      known.assigned(peer, ways.relay(peer).orElse(null));
      known.watched(watched.contains(peer.nodeId()));
      byNode.put(peer.nodeId(), known);
    }
  }

  /** Makes the device's peers what is wanted; true when nothing is left to do. */
  boolean converge(MeshSelf self) {
    List<PeerSpec> wanted = byNode.values().stream().map(Neighbour::spec).toList();
    List<PeerChange> plan = PeerPlanner.plan(self, wanted, wireGuard.peers());
    plan.stream().limit(CHANGES_MAX).forEach(wireGuard::apply);
    look(wireGuard.peers());
    for (Neighbour neighbour : byNode.values()) {
      String endpoint = neighbour.redirect(time.elapsed());
      if (endpoint != null) {
        wireGuard.apply(new PeerChange.Redirect(neighbour.key(), endpoint));
      }
    }
    return plan.size() <= CHANGES_MAX;
  }

  private void look(List<DevicePeer> device) {
    Map<String, DevicePeer> byKey =
        device.stream().collect(Collectors.toMap(DevicePeer::publicKey, Function.identity()));
    Duration now = time.elapsed();
    byNode.values().forEach(n -> n.saw(byKey, now));
    lookedAt = now;
  }

  /** Whether the device needs a look: rarely while all is well, so that watching stays cheap. */
  boolean lookDue() {
    boolean well = byNode.values().stream().allMatch(n -> n.answered() && !n.relayed());
    Duration pause = well ? LOOK : LOOK_CLOSELY;
    return lookedAt == null || time.elapsed().minus(lookedAt).compareTo(pause) >= 0;
  }

  /** Probes those that are due, side by side; true when one answers that didn't, or the reverse. */
  boolean probe() throws InterruptedException, ExecutionException {
    List<ProbeSchedule.Peer> due = due();
    Map<Neighbour, Future<OptionalLong>> asked = new LinkedHashMap<>();
    boolean changed = false;
    Duration start = time.elapsed();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ProbeSchedule.Peer peer : due) {
        Neighbour neighbour = Objects.requireNonNull(byNode.get(peer.nodeId()));
        String address = neighbour.spec().probeAddress();
        asked.put(neighbour, pool.submit(() -> probe.ping(address, PROBE_LIMIT)));
      }
      for (Map.Entry<Neighbour, Future<OptionalLong>> answer : asked.entrySet()) {
        changed |= answer.getKey().probed(answer.getValue().get(), start, time.elapsed());
      }
    }
    if (changed) {
      lookedAt = null; // the device may follow it to another endpoint now
    }
    return changed;
  }

  /** Whether a peer is reached through another, so that the direct way has to be watched. */
  boolean anyRelayed() {
    return byNode.values().stream().anyMatch(Neighbour::relayed);
  }

  /** Whether a peer is about to use its next key, so that its addresses have to follow at once. */
  boolean anyTurning() {
    Duration now = time.elapsed();
    return byNode.values().stream().anyMatch(n -> n.turning(now));
  }

  /** This node's key is another one: a packet to everybody makes them shake hands with it. */
  void greet() {
    byNode.values().forEach(Neighbour::probeSoon);
  }

  /** Whether a probe is due. */
  boolean anyDue() {
    return !due().isEmpty();
  }

  private List<ProbeSchedule.Peer> due() {
    Duration now = time.elapsed();
    List<ProbeSchedule.Peer> peers =
        byNode.values().stream()
            .filter(n -> !n.turning(now)) // waiting for an answer it can't give would hold us up
            .map(n -> n.schedule(now))
            .toList();
    return ProbeSchedule.due(peers, now);
  }

  /** A peer held for ready whose probe answered last time, the quickest; null for none. */
  @Nullable Neighbour answering() {
    return byNode.values().stream()
        .filter(n -> n.spec().ready() && n.answered())
        .min(Comparator.comparing(Neighbour::roundTrip))
        .orElse(null);
  }

  /** Whether the control plane holds any peer for ready. */
  boolean anyReady() {
    return byNode.values().stream().anyMatch(n -> n.spec().ready());
  }

  /** Whether the control plane may be waiting for what this node says of some peer. */
  boolean anyDoubted() {
    return byNode.values().stream().anyMatch(Neighbour::doubted);
  }

  List<Neighbour.Sighting> sightings() {
    long now = time.millis();
    Duration elapsed = time.elapsed();
    return byNode.values().stream().map(n -> n.sighting(elapsed, now)).toList();
  }

  /** What is wrong with peers, one sentence each. */
  List<String> complaints() {
    Duration now = time.elapsed();
    long millis = time.millis();
    return byNode.values().stream()
        .map(n -> n.complaint(now, millis))
        .filter(Objects::nonNull)
        .toList();
  }
}
