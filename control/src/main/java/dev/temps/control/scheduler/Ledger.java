package dev.temps.control.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All nodes with all that is promised on them, by node, release, name and place. Not thread-safe.
 */
final class Ledger {
  /** Who must stay apart from a workload, at which level. */
  private record Shunned(WorkloadName target, Level level) {}

  private final List<NodeLoad> nodes = new ArrayList<>();
  private final Map<String, NodeLoad> byId = new HashMap<>();
  private final Map<String, Tally> groups = new HashMap<>();
  private final Map<WorkloadName, Tally> names = new HashMap<>();
  private final Map<Shunned, Tally> shunned = new HashMap<>();

  /** Whose places are counted beside what nodes promise; null: everybody's. */
  private final @Nullable Only only;

  /** The release and the names that one spec asks for. */
  private record Only(String group, Set<WorkloadName> names) {
    static Only of(PlacementSpec spec) {
      Set<WorkloadName> names = new HashSet<>(spec.linked());
      spec.affinities().forEach(wish -> names.add(wish.target()));
      return new Only(spec.group(), names);
    }
  }

  /** For any spec. */
  Ledger(Cluster cluster) {
    this(cluster, (Only) null);
  }

  /** For that spec only, which is much less work in a cluster of thousands of releases. */
  Ledger(Cluster cluster, PlacementSpec spec) {
    this(cluster, Only.of(spec));
  }

  private Ledger(Cluster cluster, @Nullable Only only) {
    this.only = only;
    Map<String, NodeState> states = new HashMap<>();
    cluster.nodes().forEach(node -> states.put(node.id(), node));
    List<NodeState> sorted = new ArrayList<>(states.values());
    sorted.sort(Comparator.comparing(NodeState::name).thenComparing(NodeState::id));
    Map<String, Integer> zones = new HashMap<>();
    Map<String, Integer> regions = new HashMap<>();
    for (NodeState node : sorted) {
      int zone = number(zones, Level.ZONE.of(node));
      int region = number(regions, Level.REGION.of(node));
      NodeLoad load = new NodeLoad(node, nodes.size(), zone, region);
      nodes.add(load);
      byId.put(node.id(), load);
    }
    cluster.occupants().forEach(one -> count(one, 1));
  }

  private static int number(Map<String, Integer> known, @Nullable String name) {
    if (name == null) {
      return NodeLoad.NOWHERE;
    }
    Integer next = known.size();
    return Objects.requireNonNullElse(known.putIfAbsent(name, next), next);
  }

  /**
   * Counts a container in or out; one on an unknown node counts nowhere.
   *
   * @param sign 1 or -1
   */
  @Nullable NodeLoad count(Occupant one, int sign) {
    @Nullable NodeLoad load = byId.get(one.nodeId());
    if (load == null) {
      return null;
    }
    load.count(one, sign);
    if (only == null || only.group().equals(one.group())) {
      count(groups, one.group(), load, sign);
    }
    if (one.name() != null && (only == null || only.names().contains(one.name()))) {
      count(names, one.name(), load, sign);
    }
    for (Affinity shun : one.shuns()) {
      // Itself apart from itself is a matter of one release, which the newcomer's own rule sees to.
      if (!shun.target().equals(one.name())) {
        count(shunned, new Shunned(shun.target(), shun.level()), load, sign);
      }
    }
    return load;
  }

  private static <K> void count(Map<K, Tally> tallies, K key, NodeLoad load, int sign) {
    Tally tally = tallies.computeIfAbsent(key, _ -> new Tally());
    tally.count(load, sign);
    if (tally.total() == 0) {
      tallies.remove(key);
    }
  }

  /** By name, then id. */
  List<NodeLoad> nodes() {
    return nodes;
  }

  @Nullable NodeLoad byId(String nodeId) {
    return byId.get(nodeId);
  }

  Tally group(String group) {
    return groups.getOrDefault(group, Tally.NONE);
  }

  Tally named(WorkloadName name) {
    return names.getOrDefault(name, Tally.NONE);
  }

  /** Those that must stay apart from it at that level. */
  Tally shunning(WorkloadName target, Level level) {
    return shunned.isEmpty()
        ? Tally.NONE
        : shunned.getOrDefault(new Shunned(target, level), Tally.NONE);
  }
}
