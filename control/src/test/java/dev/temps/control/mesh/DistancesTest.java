package dev.temps.control.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.temps.contract.api.MeshDistance;
import dev.temps.contract.api.MeshPair;
import dev.temps.control.node.Node;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DistancesTest extends StoreTest {
  private Node one;
  private Node two;
  private Node three;

  @BeforeEach
  void threeNodes() {
    PaperCluster cluster = new PaperCluster(database);
    one = cluster.join(new PaperMachine(1));
    two = cluster.join(new PaperMachine(2));
    three = cluster.join(new PaperMachine(3));
  }

  private static MeshPair pair(Node from, Node to, long micros) {
    return new MeshPair(
        from.name(), to.name(), "direct", null, null, micros >= 0, 1, 0, 0, micros, null, null);
  }

  private List<MeshPair> pairs() {
    return List.of(
        pair(one, two, 400),
        pair(two, one, 300),
        pair(one, three, 9_000),
        pair(three, one, 12_000),
        pair(two, three, 10_000),
        pair(three, two, -1));
  }

  @Test
  void zonesAreAsFarAsTheirMachinesWhicheverWayRound() {
    List<Node> nodes =
        List.of(
            one.withLabels(Map.of("region", "eu", "zone", "b")),
            two.withLabels(Map.of("region", "eu", "zone", "b")),
            three.withLabels(Map.of("region", "eu", "zone", "a")));
    assertEquals(
        List.of(
            new MeshDistance("eu/a", "eu/b", 4, 3, 10_000, 12_000),
            new MeshDistance("eu/b", "eu/b", 2, 2, 300, 400)),
        Distances.of(nodes, pairs()));
  }

  @Test
  void aMachineOfNoZoneStandsForItselfAndWhereNoneHasOneNothingIsSaid() {
    List<Node> nodes = List.of(one, two, three.withLabels(Map.of("region", "us")));
    assertEquals(
        List.of(
            new MeshDistance("", "", 2, 2, 300, 400),
            new MeshDistance("", "us", 4, 3, 10_000, 12_000)),
        Distances.of(nodes, pairs()));
    assertEquals(List.of(), Distances.of(List.of(one, two, three), pairs()));
  }

  @Test
  void zonesOfTwoRegionsAreDifferentWhateverTheirNames() {
    assertEquals("eu/a", one.withLabels(Map.of("region", "eu", "zone", "a")).zone());
    assertEquals("a", one.withLabels(Map.of("zone", "a")).zone());
    assertNull(one.withLabels(Map.of("region", "eu")).zone());
  }
}
