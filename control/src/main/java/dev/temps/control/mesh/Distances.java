package dev.temps.control.mesh;

import dev.temps.contract.api.MeshDistance;
import dev.temps.contract.api.MeshPair;
import dev.temps.control.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Round trips by zone instead of by machine. Pure. */
final class Distances {
  private Distances() {}

  /** Two zones, the one that sorts first first. */
  private record Zones(String from, String to) implements Comparable<Zones> {
    static Zones of(String one, String other) {
      return one.compareTo(other) <= 0 ? new Zones(one, other) : new Zones(other, one);
    }

    @Override
    public int compareTo(Zones other) {
      int first = from.compareTo(other.from);
      return first != 0 ? first : to.compareTo(other.to);
    }
  }

  /** Ordered by zone; none as long as no node says where it stands. */
  static List<MeshDistance> of(List<Node> nodes, List<MeshPair> pairs) {
    if (nodes.stream().allMatch(n -> n.place() == null)) {
      return List.of();
    }
    Map<String, String> places =
        nodes.stream()
            .collect(Collectors.toMap(Node::name, n -> Objects.requireNonNullElse(n.place(), "")));
    TreeMap<Zones, List<MeshPair>> byZones = new TreeMap<>();
    for (MeshPair pair : pairs) {
      Zones zones =
          Zones.of(places.getOrDefault(pair.from(), ""), places.getOrDefault(pair.to(), ""));
      byZones.computeIfAbsent(zones, _ -> new ArrayList<>()).add(pair);
    }
    return byZones.entrySet().stream().map(e -> distance(e.getKey(), e.getValue())).toList();
  }

  private static MeshDistance distance(Zones zones, List<MeshPair> pairs) {
    List<Long> micros =
        pairs.stream()
            .filter(p -> p.reachable() && p.roundTripMicros() >= 0)
            .map(MeshPair::roundTripMicros)
            .sorted()
            .toList();
    return new MeshDistance(
        zones.from,
        zones.to,
        pairs.size(),
        micros.size(),
        micros.isEmpty() ? -1 : micros.get((micros.size() - 1) / 2),
        micros.isEmpty() ? -1 : micros.getLast());
  }
}
