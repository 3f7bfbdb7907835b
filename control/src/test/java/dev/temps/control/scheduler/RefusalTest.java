package dev.temps.control.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.temps.control.scheduler.Placement.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read when there is no place. */
class RefusalTest {
  private static final long MIB = 1L << 20;
  private static final PlacementSpec WEB =
      PlacementSpec.of("web", "d-1").named(WorkloadName.app("shop/web"));
  private static final WorkloadName CACHE = WorkloadName.app("shop/cache");
  private static final NodeState PLAIN =
      new NodeState("n-1", "node-1", null, "amd64", Map.of("zone", "fra"), 2000, 1000 * MIB);
  private static final HostPort DNS = new HostPort(53, "udp");

  /** One node, one wish it can't grant. */
  record Wish(
      String what,
      NodeState node,
      List<Occupant> there,
      PlacementSpec spec,
      String why,
      String way) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Wish> wishes() {
    return List.of(
        new Wish(
            "memory is short",
            PLAIN,
            List.of(),
            WEB.size(0, 1300 * MIB, 0),
            "300 MiB memory short",
            "300 MiB less memory would fit on node-1"),
        new Wish(
            "memory and cpu are short",
            PLAIN,
            List.of(new Occupant("n-1", "d-0", 1500, 500 * MIB)),
            WEB.size(1000, 600 * MIB, 0),
            "100 MiB memory short and 0.5 cpu short",
            "100 MiB less memory and 0.5 less cpu would fit on node-1"),
        new Wish(
            "the disk is nearly full",
            PLAIN.fullDisk(new FullDisk("disk 96 % full", 700 * MIB)),
            List.of(),
            WEB,
            "disk 96 % full",
            "700 MiB freed on the disk of node-1"),
        new Wish(
            "the disk is in trouble",
            PLAIN.fullDisk(new FullDisk("disk trouble: it can't be asked", 0)),
            List.of(),
            WEB,
            "disk trouble: it can't be asked",
            "room on the disk of node-1"),
        new Wish(
            "the disk is short",
            PLAIN.withDisk(100 * MIB),
            List.of(),
            WEB.size(0, 0, 150 * MIB),
            "50 MiB disk short",
            "50 MiB less disk would fit on node-1"),
        new Wish(
            "a capacity below zero is none",
            new NodeState("n-1", "node-1", null, "amd64", Map.of(), -7, Long.MIN_VALUE),
            List.of(),
            WEB.size(100, 0, 0),
            "0.1 cpu short",
            "0.1 less cpu would fit on node-1"),
        new Wish(
            "the node shrank below what is promised there",
            PLAIN,
            List.of(new Occupant("n-1", "d-0", 3000, 0)),
            WEB.size(500, 0, 0),
            "1.5 cpu short",
            "1.5 less cpu would fit on node-1"),
        new Wish(
            "the node is cordoned",
            new NodeState("n-1", "node-1", "cordoned", "amd64", Map.of(), 1000, 1),
            List.of(),
            WEB,
            "cordoned",
            "uncordon node-1"),
        new Wish(
            "a label is missing",
            PLAIN,
            List.of(),
            WEB.labelled(List.of(LabelRule.require("zone=ams,par"), LabelRule.require("gpu"))),
            "needs zone=ams or par and needs gpu",
            "a node with zone=ams or par and gpu"),
        new Wish(
            "a label is to be avoided",
            PLAIN,
            List.of(),
            WEB.labelled(List.of(LabelRule.avoid("zone=fra"))),
            "has zone=fra, to be avoided",
            "a node with no zone=fra"),
        new Wish(
            "the node is kept for others",
            PLAIN.tainted(List.of(new Taint("dedicated", "db", true))),
            List.of(),
            WEB.tolerating(List.of(Toleration.parse("dedicated=web"))),
            "is kept for dedicated=db",
            "tolerate dedicated=db"),
        new Wish(
            "nobody is there to be near to",
            PLAIN,
            List.of(),
            WEB.affine(List.of(Affinity.near(CACHE))),
            "is not near app:shop/cache",
            "a node near app:shop/cache"),
        new Wish(
            "somebody is there to be apart from",
            PLAIN,
            List.of(new Occupant("n-1", "d-0", 0, 0).named(CACHE)),
            WEB.affine(List.of(Affinity.apart(CACHE).at(Level.ZONE))),
            "is not apart from app:shop/cache by zone",
            "a node apart from app:shop/cache by zone"),
        new Wish(
            "somebody there wants to be apart",
            PLAIN,
            List.of(
                PlacementSpec.of("cache", "d-0")
                    .named(CACHE)
                    .affine(List.of(Affinity.apart(WorkloadName.app("shop/web"))))
                    .occupant("n-1")),
            WEB,
            "something there must stay apart from app:shop/web",
            "a node without what must stay apart from app:shop/web"),
        new Wish(
            "one is there already",
            PLAIN,
            List.of(WEB.occupant("n-1")),
            WEB.everywhere(true),
            "already runs one",
            "another node"),
        new Wish(
            "the port is taken",
            PLAIN,
            List.of(PlacementSpec.of("dns", "d-0").needing(Set.of(DNS)).occupant("n-1")),
            WEB.needing(Set.of(DNS, new HostPort(80, "tcp"))),
            "port 53/udp is taken",
            "port 53/udp free on node-1"),
        new Wish(
            "the image is for other machines",
            PLAIN,
            List.of(),
            WEB.tied(new PlacementSpec.Ties(null, List.of("arm64"), null, List.of())),
            "is amd64, the image is for arm64",
            "an image for amd64, or a node of arm64"),
        new Wish(
            "the node has no zone to spread over",
            new NodeState("n-1", "node-1", null, "amd64", Map.of(), 1000, 1),
            List.of(),
            WEB.spread(List.of(Spread.hard(Level.ZONE, 1))),
            "has no label zone to spread over",
            "room in another zone, or a larger skew over zones"));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void aRefusalSaysWhyAndWhatWouldHelp(Wish wish) {
    Cluster cluster = new Cluster(List.of(wish.node()), wish.there());
    Refused refused = assertInstanceOf(Refused.class, Placer.place(cluster, wish.spec(), 1));
    assertEquals("1 node: " + wish.why(), refused.words());
    assertEquals(wish.way(), refused.next());
    assertEquals(
        List.of(wish.why()), Placer.explain(cluster, wish.spec()).nodes().getFirst().refusals());
  }

  @Test
  void aFullZoneStopsAHardSpreadAndSaysSo() {
    NodeState full =
        new NodeState("n-2", "node-2", null, "amd64", Map.of("zone", "ams"), 100, 1000 * MIB);
    PlacementSpec spec = WEB.size(200, 0, 0).spread(List.of(Spread.hard(Level.ZONE, 1)));
    Refused refused =
        assertInstanceOf(
            Refused.class, Placer.place(new Cluster(List.of(PLAIN, full), List.of()), spec, 2));
    assertEquals(
        "1 of 2 replicas fit, then: 1 node: 0.1 cpu short; 1 node: its zone has 1 of web, another"
            + " has 0, and 1 more at most are allowed",
        refused.words());
    assertEquals(
        "0.1 less cpu would fit on node-2, or room in another zone, or a larger skew over zones",
        refused.next());
  }

  @Test
  void theLeastLackOfManyIsOfferedAndTheirSentencesAreFolded() {
    List<NodeState> nodes =
        IntStream.rangeClosed(1, 50)
            .mapToObj(i -> new NodeState("n-" + i, "n" + i, null, "amd64", Map.of(), 1000, i * MIB))
            .toList();
    Refused refused =
        assertInstanceOf(
            Refused.class,
            Placer.place(new Cluster(nodes, List.of()), WEB.size(0, 80 * MIB, 0), 1));
    assertEquals("50 nodes: 30 MiB memory short or worse", refused.words());
    assertEquals("30 MiB less memory would fit on n50", refused.next());
  }

  @Test
  void whenEveryNodeHasSeveralReasonsAnotherNodeIsTheWay() {
    NodeState node = new NodeState("n-1", "node-1", "down", "amd64", Map.of(), 100, 1000 * MIB);
    PlacementSpec spec =
        WEB.size(200, 10 * MIB, 0).labelled(List.of(LabelRule.require("region=eu")));
    Refused refused =
        assertInstanceOf(
            Refused.class, Placer.place(new Cluster(List.of(node), List.of()), spec, 1));
    assertEquals("1 node: down", refused.words());
    assertEquals(
        "another open node with 0.2 cpu, 10 MiB memory free and region=eu", refused.next());
    assertEquals(
        List.of("down", "needs region=eu", "0.1 cpu short"),
        Placer.explain(new Cluster(List.of(node), List.of()), spec).nodes().getFirst().refusals());
  }
}
