package dev.temps.control.mesh;

import dev.temps.contract.agent.PeerObservation;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What nodes reported of each other until now. One look, used by one thread. */
final class ReportedSight implements Sight {
  private final List<String> nodes;
  private final Set<String> ready = new HashSet<>();
  private final Map<String, Map<String, PeerObservation>> said = new HashMap<>();
  private final Map<String, List<String>> missed = new HashMap<>();

  ReportedSight(Collection<Node> nodes, NodeMonitor monitor) {
    this.nodes =
        nodes.stream().sorted(Comparator.comparingInt(Node::meshIndex)).map(Node::id).toList();
    for (Node node : nodes) {
      said.put(node.id(), monitor.sightings(node));
      missed.put(node.id(), monitor.missed(node));
      if (monitor.liveness(node) == Liveness.ready) {
        ready.add(node.id());
      }
    }
  }

  @Override
  public List<String> nodes() {
    return nodes;
  }

  @Override
  public boolean ready(String node) {
    return ready.contains(node);
  }

  @Override
  public Link link(Pair pair, @Nullable String via) {
    PeerObservation low = said.getOrDefault(pair.low(), Map.of()).get(pair.high());
    PeerObservation high = said.getOrDefault(pair.high(), Map.of()).get(pair.low());
    if (low == null || high == null) {
      return Link.UNKNOWN;
    }
    boolean direct = direct(low) && direct(high);
    long micros = Math.max(0, Math.max(low.roundTripMicros(), high.roundTripMicros()));
    boolean inUse = uses(low, via) && uses(high, via);
    if (!inUse || low.reachable() != high.reachable()) {
      return new Link(Link.State.unknown, direct, micros);
    }
    return new Link(low.reachable() ? Link.State.works : Link.State.broken, direct, micros);
  }

  private static boolean uses(PeerObservation seen, @Nullable String via) {
    return Objects.equals(seen.relay() == null ? null : seen.relay().via(), via);
  }

  private static boolean direct(PeerObservation seen) {
    return seen.relay() == null ? seen.reachable() : seen.relay().direct();
  }

  @Override
  public Set<Pair> troubled() {
    Set<Pair> all = new TreeSet<>();
    missed.forEach((from, others) ->
        others.forEach(to -> {
          if (said.containsKey(to) && !to.equals(from)) {
            all.add(Pair.of(from, to));
          }
        }));
    return all;
  }
}
