package dev.temps.control.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.scheduler.Explanation.Verdict;
import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Reason;
import dev.temps.control.scheduler.Placement.Refused;
import dev.temps.control.scheduler.Placement.Seat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of placement over generated clusters; a failing seed stands in the test's name. */
class PlacerPropertyTest {
  private static final int ROUNDS = 400;
  private static final int NODES_MAX = 9;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void reservationsNeverExceedCapacityAndClosedNodesStayEmpty(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = Worlds.cluster(random, NODES_MAX);
      PlacementSpec spec = Worlds.spec(random);
      if (Placer.place(cluster, spec, random.nextInt(12)) instanceof Placed placed) {
        for (NodeState node : cluster.nodes()) {
          assertLawful(cluster, spec, placed, node);
        }
      }
    }
  }

  private static void assertLawful(
      Cluster cluster, PlacementSpec spec, Placed placed, NodeState node) {
    long seats = placed.seats().stream().map(Seat::nodeId).filter(node.id()::equals).count();
    if (seats == 0) {
      return;
    }
    assertEquals(null, node.closed());
    assertTrue(seats == 1 || !spec.global());
    List<Occupant> all =
        Stream.concat(
                cluster.occupants().stream().filter(one -> one.nodeId().equals(node.id())),
                Stream.generate(() -> spec.occupant(node.id())).limit(seats))
            .toList();
    assertTrue(
        spec.size().cpuMillis() == 0
            || all.stream().mapToLong(Occupant::cpuMillis).sum() <= node.cpuMillis());
    assertTrue(
        spec.size().memoryBytes() == 0
            || all.stream().mapToLong(Occupant::memoryBytes).sum() <= node.memoryBytes());
    assertTrue(
        spec.size().diskBytes() == 0
            || all.stream().mapToLong(Occupant::diskBytes).sum() <= node.diskBytes());
    assertTrue(
        spec.ports().isEmpty() || all.stream().filter(o -> !o.ports().isEmpty()).count() == 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void theOrderInWhichNodesAreListedChangesNothing(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = Worlds.cluster(random, NODES_MAX);
      PlacementSpec spec = Worlds.spec(random);
      int count = random.nextInt(12);
      List<NodeState> nodes = new ArrayList<>(cluster.nodes());
      List<Occupant> occupants = new ArrayList<>(cluster.occupants());
      Collections.shuffle(nodes, random);
      Collections.shuffle(occupants, random);
      Cluster shuffled = new Cluster(nodes, occupants);
      assertEquals(Placer.place(cluster, spec, count), Placer.place(shuffled, spec, count));
      assertEquals(Placer.explain(cluster, spec), Placer.explain(shuffled, spec));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void aRefusalCountsEveryNodeOnceAndAnExplanationNamesEveryNodeOnce(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = Worlds.cluster(random, NODES_MAX);
      PlacementSpec spec = Worlds.spec(random);
      int nodes = cluster.nodes().size();
      if (Placer.place(cluster, spec, random.nextInt(20)) instanceof Refused refused) {
        assertEquals(nodes, refused.reasons().stream().mapToInt(Reason::nodes).sum());
        assertFalse(refused.ways().isEmpty());
      }
      Explanation explained = Placer.explain(cluster, spec);
      assertEquals(nodes, explained.nodes().stream().map(Verdict::nodeId).distinct().count());
      assertEquals(nodes, explained.nodes().size());
      for (Verdict verdict : explained.nodes()) {
        assertTrue(verdict.fits() == verdict.refusals().isEmpty());
        verdict.refusals().forEach(why -> assertFalse(why.isBlank()));
        verdict.scores().forEach(points -> assertTrue(points.value() <= 0));
      }
      if (Placer.place(cluster, spec, 1) instanceof Placed placed) {
        assertEquals(explained.chosen(), placed.seats().getFirst().nodeId());
      } else {
        assertEquals(null, explained.chosen());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void replicasOfAZoneAreSpreadEvenlyOverItsNodesWhenAllFit(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = Worlds.cluster(random, NODES_MAX);
      PlacementSpec spec = PlacementSpec.of("web", "d-new").tolerating(anything());
      List<NodeState> open =
          cluster.nodes().stream().filter(n -> n.closed() == null && n.fullDisk() == null).toList();
      if (Placer.place(cluster, spec, random.nextInt(1, 12)) instanceof Placed placed) {
        Map<String, List<Integer>> zones = new HashMap<>();
        for (NodeState node : open) {
          zones
              .computeIfAbsent(String.valueOf(Level.ZONE.of(node)), _ -> new ArrayList<>())
              .add((int) placed.seats().stream().filter(s -> s.nodeId().equals(node.id())).count());
        }
        zones
            .values()
            .forEach(counts ->
                assertTrue(
                    Collections.max(counts) - Collections.min(counts) <= 1, counts::toString));
      } else {
        assertTrue(open.isEmpty());
      }
    }
  }

  private static List<Toleration> anything() {
    return List.of(Toleration.parse("dedicated"));
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void aHardSpreadIsNeverMoreUnevenThanItSays(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = new Cluster(Worlds.cluster(random, NODES_MAX).nodes(), List.of());
      int skew = 1 + random.nextInt(2);
      PlacementSpec spec =
          PlacementSpec.of("web", "d-new")
              .size(random.nextInt(900), 0, 0)
              .tolerating(anything())
              .spread(List.of(Spread.hard(Level.ZONE, skew)));
      if (Placer.place(cluster, spec, random.nextInt(1, 12)) instanceof Placed placed) {
        Map<String, Integer> counts = new HashMap<>();
        for (NodeState node : cluster.nodes()) {
          String zone = Level.ZONE.of(node);
          int seats =
              (int) placed.seats().stream().filter(s -> s.nodeId().equals(node.id())).count();
          assertTrue(zone != null || seats == 0);
          if (zone != null && node.closed() == null) {
            counts.merge(Objects.requireNonNull(zone), seats, Integer::sum);
          }
        }
        assertTrue(Collections.max(counts.values()) - Collections.min(counts.values()) <= skew);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void oneOnEveryNodeIsOneOnEveryNodeThatFits(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = new Cluster(Worlds.cluster(random, NODES_MAX).nodes(), List.of());
      PlacementSpec spec =
          Worlds.spec(random).affine(List.of()).spread(Spread.USUAL).everywhere(true);
      TreeSet<String> fitting = new TreeSet<>();
      for (Verdict verdict : Placer.explain(cluster, spec).nodes()) {
        if (verdict.fits()) {
          fitting.add(verdict.nodeId());
        }
      }
      if (Placer.everywhere(cluster, spec) instanceof Placed placed) {
        List<String> seats = placed.seats().stream().map(Seat::nodeId).sorted().toList();
        assertEquals(List.copyOf(fitting), seats);
        List<Occupant> there = seats.stream().map(spec::occupant).toList();
        Cluster full = new Cluster(cluster.nodes(), there);
        assertEquals(new Placed(List.of()), Placer.everywhere(full, spec));
        assertTrue(Placer.place(full, spec, 1) instanceof Refused);
      } else {
        assertTrue(fitting.isEmpty());
      }
    }
  }
}
