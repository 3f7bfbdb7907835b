package dev.temps.control.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Refused;
import dev.temps.control.scheduler.Placement.Seat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of placement over generated clusters; a failing seed stands in the test's name. */
class PlacerPropertyTest {
  private static final int ROUNDS = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void reservationsNeverExceedCapacityAndClosedNodesStayEmpty(long seed) {
    RandomGenerator random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = cluster(random);
      PlacementSpec spec = spec(random);
      switch (Placer.place(cluster, spec, random.nextInt(12))) {
        case Placed placed -> assertLawful(cluster, spec, placed);
        case Refused refused ->
            assertEquals(
                cluster.nodes().size(), refused.reasons().stream().mapToInt(r -> r.nodes()).sum());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void theOrderInWhichNodesAreListedChangesNothing(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = cluster(random);
      PlacementSpec spec = spec(random);
      int count = random.nextInt(12);
      List<NodeState> nodes = new ArrayList<>(cluster.nodes());
      List<Occupant> occupants = new ArrayList<>(cluster.occupants());
      Collections.shuffle(nodes, random);
      Collections.shuffle(occupants, random);
      assertEquals(
          Placer.place(cluster, spec, count),
          Placer.place(new Cluster(nodes, occupants), spec, count));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void replicasAreSpreadEvenlyWhenAllFit(long seed) {
    RandomGenerator random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = cluster(random);
      Set<String> open =
          cluster.nodes().stream()
              .filter(n -> n.closed() == null)
              .map(NodeState::id)
              .collect(Collectors.toSet());
      PlacementSpec spec =
          new PlacementSpec(
              "web", "d-new", 0, 0, null, Map.of(), Map.of(), List.of(), null, List.of());
      if (!(Placer.place(cluster, spec, random.nextInt(1, 12)) instanceof Placed placed)) {
        assertTrue(open.isEmpty());
        continue;
      }
      Map<String, Integer> counts = new HashMap<>();
      open.forEach(id -> counts.put(id, 0));
      placed.seats().forEach(seat -> counts.merge(seat.nodeId(), 1, Integer::sum));
      assertTrue(Collections.max(counts.values()) - Collections.min(counts.values()) <= 1);
    }
  }

  private static void assertLawful(Cluster cluster, PlacementSpec spec, Placed placed) {
    for (NodeState node : cluster.nodes()) {
      long seats = placed.seats().stream().map(Seat::nodeId).filter(node.id()::equals).count();
      if (seats == 0) {
        continue;
      }
      assertEquals(null, node.closed());
      long cpu = seats * spec.cpuMillis();
      long memory = seats * spec.memoryBytes();
      for (Occupant one : cluster.occupants()) {
        cpu += one.nodeId().equals(node.id()) ? one.cpuMillis() : 0;
        memory += one.nodeId().equals(node.id()) ? one.memoryBytes() : 0;
      }
      assertTrue(spec.cpuMillis() == 0 || cpu <= node.cpuMillis());
      assertTrue(spec.memoryBytes() == 0 || memory <= node.memoryBytes());
    }
  }

  private static Cluster cluster(RandomGenerator random) {
    List<NodeState> nodes =
        IntStream.range(0, random.nextInt(8)).mapToObj(i -> node(random, i)).toList();
    List<Occupant> occupants = new ArrayList<>();
    for (NodeState node : nodes) {
      for (int i = random.nextInt(4); i > 0; i--) {
        occupants.add(
            new Occupant(node.id(), "d-" + random.nextInt(3), random.nextInt(300), 50L << 20));
      }
    }
    return new Cluster(nodes, occupants);
  }

  private static NodeState node(RandomGenerator random, int i) {
    return new NodeState(
        "n-" + i,
        "node-" + random.nextInt(100),
        random.nextInt(5) == 0 ? "cordoned" : null,
        random.nextInt(4) == 0 ? "arm64" : "amd64",
        random.nextBoolean() ? Map.of("region", "eu") : Map.of(),
        1000L * random.nextInt(1, 5),
        (256L << 20) * random.nextInt(1, 9));
  }

  private static PlacementSpec spec(RandomGenerator random) {
    return new PlacementSpec(
        "web",
        "d-0",
        random.nextInt(900),
        (long) random.nextInt(500) << 20,
        random.nextInt(6) == 0 ? "n-1" : null,
        random.nextInt(3) == 0 ? Map.of("region", "eu") : Map.of(),
        Map.of(),
        random.nextInt(3) == 0 ? List.of("amd64") : List.of(),
        null,
        List.of());
  }
}
