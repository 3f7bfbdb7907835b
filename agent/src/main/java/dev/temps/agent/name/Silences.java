package dev.temps.agent.name;

import dev.temps.contract.agent.PeerObservation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Remembers since when nodes have not answered. One thread. */
final class Silences {
  private final Map<String, Duration> since = new HashMap<>();

  /** Takes what the mesh says at a moment of the monotonic clock. */
  void saw(List<PeerObservation> peers, Duration now) {
    Set<String> silent =
        peers.stream()
            .filter(p -> !p.reachable())
            .map(PeerObservation::nodeId)
            .collect(Collectors.toUnmodifiableSet());
    since.keySet().retainAll(silent);
    silent.forEach(node -> since.putIfAbsent(node, now));
  }

  /** Nodes that have not answered for that long. */
  Set<String> longerThan(Duration limit, Duration now) {
    return since.entrySet().stream()
        .filter(e -> now.minus(e.getValue()).compareTo(limit) > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
