package dev.temps.agent.api;

import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.kit.Exposition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A node's figures as text for a collector. Pure. */
public final class Figures {
  private static final double MILLIS = 1e3;
  private static final double MICROS = 1e6;

  private Figures() {}

  /**
   * What the ingress balances for one app.
   *
   * @param up whether HAProxy sends requests there
   */
  public record Backend(String app, boolean up) {}

  /**
   * HAProxy's lines about requests, since the agent started.
   *
   * @param unread none of ours
   */
  public record Lines(long counted, long unread) {}

  /** All of them; at most one series for each state, peer and app. */
  static String text(
      List<ObservedWorkload> workloads,
      List<PeerObservation> peers,
      List<Backend> backends,
      Lines lines) {
    Exposition out = new Exposition();
    containers(out, workloads);
    mesh(out, peers);
    ingress(out, backends);
    String name = "temps_agent_request_lines_total";
    out.figure(name, "counter", "Lines of the ingress about requests, by what became of them.");
    out.sample(name, lines.counted(), "result", "counted");
    out.sample(name, lines.unread(), "result", "unread");
    return out.toString();
  }

  private static void containers(Exposition out, List<ObservedWorkload> workloads) {
    String name = "temps_agent_containers";
    out.figure(name, "gauge", "Containers assigned to this node, by what is observed.");
    for (ObservedState state : ObservedState.values()) {
      long count = workloads.stream().filter(w -> w.state() == state).count();
      out.sample(name, count, "state", state.name());
    }
    out.figure("temps_agent_container_restarts", "gauge", "Restarts of the containers now here.");
    out.sample(
        "temps_agent_container_restarts",
        workloads.stream().mapToInt(ObservedWorkload::restarts).sum());
  }

  private static void mesh(Exposition out, List<PeerObservation> unsorted) {
    List<PeerObservation> peers =
        unsorted.stream().sorted(Comparator.comparing(PeerObservation::nodeId)).toList();
    out.figure("temps_agent_peer_reachable", "gauge", "1 when the last probe was answered.");
    for (PeerObservation peer : peers) {
      out.sample("temps_agent_peer_reachable", peer.reachable() ? 1 : 0, "peer", peer.nodeId());
    }
    String age = "temps_agent_peer_handshake_age_seconds";
    out.figure(age, "gauge", "Since the last handshake; missing when there was none.");
    peers.stream()
        .filter(p -> p.handshakeAgeMillis() >= 0)
        .forEach(p -> out.sample(age, p.handshakeAgeMillis() / MILLIS, "peer", p.nodeId()));
    String trip = "temps_agent_peer_round_trip_seconds";
    out.figure(trip, "gauge", "Of the last probe that was answered.");
    peers.stream()
        .filter(p -> p.roundTripMicros() >= 0)
        .forEach(p -> out.sample(trip, p.roundTripMicros() / MICROS, "peer", p.nodeId()));
  }

  private static void ingress(Exposition out, List<Backend> backends) {
    String name = "temps_agent_ingress_backends";
    out.figure(name, "gauge", "Replicas the ingress knows, by app, up or down.");
    Map<String, Map<Boolean, Long>> counts =
        backends.stream()
            .collect(
                Collectors.groupingBy(
                    Backend::app,
                    TreeMap::new,
                    Collectors.partitioningBy(Backend::up, Collectors.counting())));
    counts.forEach((app, up) -> {
      out.sample(name, up.getOrDefault(true, 0L), "app", app, "state", "up");
      out.sample(name, up.getOrDefault(false, 0L), "app", app, "state", "down");
    });
  }
}
