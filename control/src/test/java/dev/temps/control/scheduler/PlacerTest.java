package dev.temps.control.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Refused;
import dev.temps.control.scheduler.Placement.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacerTest {
  private static final long MIB = 1L << 20;

  private final List<NodeState> nodes = new ArrayList<>();
  private final List<Occupant> occupants = new ArrayList<>();

  private void node(String name, @Nullable String closed, Map<String, String> labels) {
    nodes.add(new NodeState("n-" + name, name, closed, "amd64", labels, 2000, 1000 * MIB));
  }

  private void open(String... names) {
    for (String name : names) {
      node(name, null, Map.of());
    }
  }

  private static PlacementSpec wants(long cpuMillis, long memoryMib) {
    return PlacementSpec.of("web", "d-1").size(cpuMillis, memoryMib * MIB, 0);
  }

  private Placement place(PlacementSpec spec, int count) {
    return Placer.place(new Cluster(nodes, occupants), spec, count);
  }

  private List<String> seats(PlacementSpec spec, int count) {
    Placed placed = assertInstanceOf(Placed.class, place(spec, count));
    return placed.seats().stream().map(Seat::nodeId).toList();
  }

  private String refusal(PlacementSpec spec, int count) {
    return assertInstanceOf(Refused.class, place(spec, count)).words();
  }

  @Test
  void spreadsReplicasOverNodes() {
    open("a", "b", "c");
    assertEquals(List.of("n-a", "n-b", "n-c", "n-a"), seats(wants(0, 0), 4));
  }

  @Test
  void prefersTheLeastReservedNode() {
    open("a", "b");
    occupants.add(new Occupant("n-a", "d-other", 1000, 0));
    assertEquals(List.of("n-b"), seats(wants(100, 0), 1));
  }

  @Test
  void countsContainersWithoutFiguresWhenChoosing() {
    open("a", "b");
    occupants.add(new Occupant("n-a", "d-other", 0, 0));
    assertEquals(List.of("n-b"), seats(wants(0, 0), 1));
  }

  @Test
  void spreadsAroundReplicasThatAreAlreadyThere() {
    open("a", "b");
    occupants.add(new Occupant("n-a", "d-1", 0, 0));
    occupants.add(new Occupant("n-b", "d-other", 1900, 900 * MIB));
    assertEquals(List.of("n-b"), seats(wants(100, 100), 1));
  }

  @Test
  void saysForEveryNodeWhyItIsOut() {
    node("a", null, Map.of("region", "eu"));
    node("b", null, Map.of("region", "eu"));
    node("c", "cordoned", Map.of("region", "eu"));
    node("d", null, Map.of());
    PlacementSpec spec =
        wants(0, 1300)
            .labelled(LabelRule.requireAll(Map.of("region", "eu")))
            .tied(new PlacementSpec.Ties(null, List.of("amd64"), null, List.of()));
    assertEquals(
        "2 nodes: 300 MiB memory short; 1 node: cordoned; 1 node: needs region=eu",
        refusal(spec, 1));
  }

  @Test
  void saysHowManyWouldHaveFitted() {
    open("a");
    assertEquals("1 of 2 replicas fit, then: 1 node: 0.4 cpu short", refusal(wants(1200, 0), 2));
  }

  @Test
  void saysSoWhenThereAreNoNodes() {
    assertEquals("the cluster has no nodes", refusal(wants(0, 0), 1));
  }

  @Test
  void obeysThePinnedNodeAndItsCordon() {
    open("a", "b");
    PlacementSpec onB = wants(0, 0).on("n-b");
    assertEquals(List.of("n-b", "n-b"), seats(onB, 2));
    nodes.set(1, new NodeState("n-b", "b", "cordoned", "amd64", Map.of(), 2000, 1000 * MIB));
    assertEquals("1 node: cordoned; 1 node: not the node that was asked for", refusal(onB, 1));
  }

  @Test
  void avoidsLabels() {
    node("a", null, Map.of("disk", "slow"));
    open("b");
    PlacementSpec spec = wants(0, 0).labelled(LabelRule.avoidAll(Map.of("disk", "slow")));
    assertEquals(List.of("n-b", "n-b"), seats(spec, 2));
  }

  @Test
  void runsAnImageOnlyWhereItsArchitectureIs() {
    open("a");
    nodes.add(new NodeState("n-b", "b", null, "arm64", Map.of(), 2000, 1000 * MIB));
    PlacementSpec spec =
        wants(0, 0).tied(new PlacementSpec.Ties(null, List.of("arm64"), null, List.of()));
    assertEquals(List.of("n-b"), seats(spec, 1));
    nodes.removeLast();
    assertEquals("1 node: is amd64, the image is for arm64", refusal(spec, 1));
  }

  @Test
  void runsALocalImageOnlyWhereItIs() {
    open("a", "b", "c");
    PlacementSpec spec =
        wants(0, 0).tied(new PlacementSpec.Ties(null, List.of(), Set.of("n-b", "n-c"), List.of()));
    assertEquals(List.of("n-b", "n-c", "n-b"), seats(spec, 3));
  }

  @Test
  void placingNothingAlwaysWorks() {
    assertEquals(List.of(), seats(wants(1, 1), 0));
  }
}
