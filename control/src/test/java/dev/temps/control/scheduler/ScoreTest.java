package dev.temps.control.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.temps.control.scheduler.Explanation.Points;
import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of several nodes that fit is taken. */
class ScoreTest {
  private static final long MIB = 1L << 20;
  private static final PlacementSpec WEB =
      PlacementSpec.of("web", "d-1").named(WorkloadName.app("shop/web"));
  private static final WorkloadName PG = WorkloadName.database("shop/pg");

  private final List<NodeState> nodes = new ArrayList<>();
  private final List<Occupant> occupants = new ArrayList<>();

  private void node(String name, Map<String, String> labels) {
    nodes.add(new NodeState("n-" + name, name, null, "amd64", labels, 2000, 1000 * MIB));
  }

  private List<String> seats(PlacementSpec spec, int count) {
    Cluster cluster = new Cluster(nodes, occupants);
    Placed placed = assertInstanceOf(Placed.class, Placer.place(cluster, spec, count));
    return placed.seats().stream().map(Seat::nodeId).toList();
  }

  @Test
  void replicasGoToOtherZonesFirstAndThenToOtherNodes() {
    node("a", Map.of("zone", "fra"));
    node("b", Map.of("zone", "fra"));
    node("c", Map.of("zone", "ams"));
    assertEquals(List.of("n-a", "n-c", "n-b", "n-c"), seats(WEB, 4));
  }

  @Test
  void zonesOfTheSameNameInTwoRegionsAreTwo() {
    node("a", Map.of("zone", "1", "region", "eu"));
    node("b", Map.of("zone", "1", "region", "eu"));
    node("c", Map.of("zone", "1", "region", "us"));
    assertEquals(List.of("n-a", "n-c"), seats(WEB, 2));
  }

  @Test
  void packingFillsOneNodeBeforeTheNext() {
    node("a", Map.of());
    node("b", Map.of());
    PlacementSpec pack = WEB.size(800, 0, 0).by(Strategy.PACK).spread(List.of());
    assertEquals(List.of("n-a", "n-a", "n-b"), seats(pack, 3));
  }

  @Test
  void databasesAndAppsAreKeptApartWhereThereIsAChoice() {
    node("a", Map.of());
    node("b", Map.of());
    occupants.add(new Occupant("n-a", "d-0", 10, 0));
    occupants.add(new Occupant("n-b", "d-pg", 900, 0).named(PG));
    assertEquals(List.of("n-a"), seats(WEB, 1));
    PlacementSpec database =
        PlacementSpec.of("pg2", "d-2").named(WorkloadName.database("shop/pg2"));
    assertEquals(List.of("n-b"), seats(database, 1));
    assertEquals(List.of("n-b"), seats(WEB.on("n-b"), 1));
  }

  @Test
  void wishesThatNeedNotBeGrantedAreGrantedWhereTheyCan() {
    node("a", Map.of());
    node("b", Map.of("disk", "ssd"));
    occupants.add(new Occupant("n-b", "d-0", 1000, 0).named(WorkloadName.app("shop/cache")));
    assertEquals(List.of("n-a"), seats(WEB, 1));
    assertEquals(List.of("n-b"), seats(WEB.preferring(List.of(LabelRule.require("disk=ssd"))), 1));
    Affinity near = Affinity.near(WorkloadName.app("shop/cache")).soft();
    assertEquals(List.of("n-b"), seats(WEB.affine(List.of(near)), 1));
  }

  @Test
  void anImageThatIsThereAndALinkedNeighbourDecideBetweenNodesOfLikeLoad() {
    node("a", Map.of());
    node("b", Map.of());
    assertEquals(List.of("n-b"), seats(WEB.imageAt(Set.of("n-b")), 1));
    occupants.add(new Occupant("n-b", "d-0", 100, 0).named(WorkloadName.app("shop/cache")));
    PlacementSpec linked = WEB.linkedTo(Set.of(WorkloadName.app("shop/cache")));
    assertEquals(List.of("n-b"), seats(linked, 1));
    occupants.add(new Occupant("n-b", "d-0", 1500, 0));
    assertEquals(List.of("n-a"), seats(linked, 1));
  }

  @Test
  void aSoftTaintKeepsOffWhoHasAChoice() {
    node("b", Map.of());
    nodes.add(
        new NodeState("n-a", "a", null, "amd64", Map.of(), 2000, 1000 * MIB)
            .tainted(List.of(new Taint("spot", "", false))));
    assertEquals(List.of("n-b"), seats(WEB, 1));
    assertEquals(List.of("n-a"), seats(WEB.tolerating(List.of(Toleration.parse("spot"))), 1));
  }

  @Test
  void aWorkloadNearItselfFollowsItsFirstReplicaAndOneApartFromItselfDoesNot() {
    node("a", Map.of());
    node("b", Map.of());
    WorkloadName itself = WorkloadName.app("shop/web");
    assertEquals(
        List.of("n-a", "n-a", "n-a"), seats(WEB.affine(List.of(Affinity.near(itself))), 3));
    assertEquals(
        List.of("n-a", "n-b"),
        seats(WEB.by(Strategy.PACK).spread(List.of()).affine(List.of(Affinity.apart(itself))), 2));
  }

  @Test
  void anExplanationAddsUpAndPutsTheChosenFirst() {
    node("a", Map.of());
    node("b", Map.of());
    occupants.add(new Occupant("n-a", "d-1", 500, 0));
    Explanation explained = Placer.explain(new Cluster(nodes, occupants), WEB);
    assertEquals("n-b", explained.chosen());
    assertEquals(List.of("b", "a"), explained.nodes().stream().map(v -> v.node()).toList());
    Explanation.Verdict a = explained.nodes().getLast();
    assertEquals(a.total(), a.scores().stream().mapToLong(Points::sum).sum());
    assertEquals(
        new Points("load", -250, 10),
        a.scores().stream().filter(p -> p.name().equals("load")).findFirst().orElseThrow());
  }
}
