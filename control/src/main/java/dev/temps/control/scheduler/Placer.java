package dev.temps.control.scheduler;

import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Reason;
import dev.temps.control.scheduler.Placement.Refused;
import dev.temps.control.scheduler.Placement.Seat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses nodes for replicas: hard conditions first, then the node with the fewest replicas of the
 * release, then the least promised one, then by name. Stateless; needs no clock and no chance.
 */
public final class Placer {
  private static final Comparator<NodeLoad> BEST_FIRST =
      Comparator.comparingInt(NodeLoad::ofGroup)
          .thenComparingLong(NodeLoad::fullness)
          .thenComparing(load -> load.node().name())
          .thenComparing(load -> load.node().id());

  private Placer() {}

  /** Seats for {@code count} replicas, one after the other, or the reasons why not all fit. */
  public static Placement place(Cluster cluster, PlacementSpec spec, int count) {
    Map<String, NodeLoad> loads = loads(cluster, spec.group());
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<NodeLoad> fitting =
          loads.values().stream().filter(load -> Filters.refusal(load, spec) == null).toList();
      NodeLoad best = fitting.stream().min(BEST_FIRST).orElse(null);
      if (best == null) {
        return new Refused(seats.size(), count, reasons(loads, spec));
      }
      seats.add(new Seat(best.node().id(), because(best, fitting.size(), loads.size(), spec)));
      loads.put(
          best.node().id(), best.plus(spec.cpuMillis(), spec.memoryBytes(), /* sameGroup= */ true));
    }
    return new Placed(seats);
  }

  private static Map<String, NodeLoad> loads(Cluster cluster, String group) {
    Map<String, NodeLoad> loads = new TreeMap<>();
    cluster.nodes().forEach(node -> loads.put(node.id(), NodeLoad.empty(node)));
    for (Occupant one : cluster.occupants()) {
      loads.computeIfPresent(
          one.nodeId(),
          (_, load) -> load.plus(one.cpuMillis(), one.memoryBytes(), one.group().equals(group)));
    }
    return loads;
  }

  private static List<Reason> reasons(Map<String, NodeLoad> loads, PlacementSpec spec) {
    Map<String, Integer> counts = new TreeMap<>();
    for (NodeLoad load : loads.values()) {
      @Nullable String why = Filters.refusal(load, spec);
      if (why != null) {
        counts.merge(why, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(e -> new Reason(e.getValue(), e.getKey()))
        .sorted(Comparator.comparingInt(Reason::nodes).reversed().thenComparing(Reason::why))
        .toList();
  }

  private static String because(NodeLoad best, int fitting, int all, PlacementSpec spec) {
    if (spec.node() != null) {
      return best.node().name() + " was asked for";
    }
    if (!spec.homes().isEmpty()) {
      return best.node().name() + " has its volume data";
    }
    if (fitting == 1) {
      return all == 1 ? "the only node" : "the only one of " + all + " nodes that fits";
    }
    return "of %d fitting nodes: fewest replicas of %s here (%d), then least reserved (%d %%)"
        .formatted(fitting, spec.app(), best.ofGroup(), Math.min(100, best.fullness() / 10));
  }
}
