package dev.temps.control.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.Report;
import dev.temps.contract.api.MeshPair;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Node;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways over the real store, with agents that report and do as they are told. */
class PathReconcilerTest extends StoreTest {
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> sessions = new ArrayList<>();
  private final Set<Set<String>> cuts = new HashSet<>();
  private final AtomicInteger told = new AtomicInteger();
  private PaperCluster cluster;
  private PathReconciler paths;
  private long sequence = 1;

  @BeforeEach
  void threeNodes() {
    cluster = new PaperCluster(database);
    for (int i = 1; i <= 3; i++) {
      PaperMachine machine = new PaperMachine(i);
      Node node = cluster.join(machine);
      nodes.add(node);
      sessions.add(cluster.ready(node, machine));
    }
    paths = fromStart();
  }

  private PathReconciler fromStart() {
    return new PathReconciler(
        database,
        cluster.directory,
        cluster.monitor,
        new EventStore(cluster.ids),
        cluster.time,
        told::incrementAndGet);
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      sequence++;
      for (int n = 0; n < nodes.size(); n++) {
        cluster.monitor.report(cluster.fresh(nodes.get(n)), report(n));
      }
      for (int half = 0; half < 2; half++) {
        cluster.time.advance(PathReconciler.STEP_EVERY);
        cluster.monitor.step();
        paths.step();
      }
    }
  }

  private Report report(int index) {
    Report plain =
        PaperMachine.report(sessions.get(index), sequence, true, cluster.time.millis(), List.of());
    List<PeerObservation> peers = new ArrayList<>();
    String own = nodes.get(index).id();
    for (Node peer : nodes) {
      if (!peer.id().equals(own)) {
        peers.add(sees(own, peer.id()));
      }
    }
    return new Report(
        plain.session(),
        plain.sequence(),
        plain.epoch(),
        plain.applied(),
        true,
        plain.usage(),
        plain.clockMillis(),
        plain.workloads(),
        peers,
        plain.conditions(),
        null,
        null,
        null);
  }

  private PeerObservation sees(String own, String peer) {
    String via = paths.now().via(own, peer);
    boolean direct = !cuts.contains(Set.of(own, peer));
    boolean reached =
        via == null
            ? direct
            : !cuts.contains(Set.of(own, via)) && !cuts.contains(Set.of(peer, via));
    PeerObservation.Relay relay = via == null ? null : new PeerObservation.Relay(via, direct);
    return new PeerObservation(peer, 1, 0, 0, 400, reached, null, 0L, relay, null, 0L);
  }

  private String id(int number) {
    return nodes.get(number - 1).id();
  }

  private String name(int number) {
    return nodes.get(number - 1).name();
  }

  private List<String> eventsOf(String nodeId) {
    return database.read(h ->
        h.createQuery(
                "SELECT kind || ': ' || reason FROM events WHERE node_id = :id"
                    + " AND kind LIKE 'mesh.%' ORDER BY at, id")
            .bind("id", nodeId)
            .mapTo(String.class)
            .list());
  }

  private Condition mesh(int number) {
    Condition well = new Condition("mesh", true, "");
    return cluster.monitor.status(nodes.get(number - 1)).conditions().stream()
        .filter(c -> c.name().equals("mesh"))
        .findFirst()
        .orElse(well);
  }

  @Test
  void bothEndsAreToldOfTheRelayAndTheHistoryOfBothSaysWhy() {
    seconds(5);
    cuts.add(Set.of(id(2), id(3)));
    seconds(5);
    assertEquals(id(1), paths.now().via(id(2), id(3)));
    assertEquals(1, told.get());
    List<PeerSpec> roster = Peers.roster(cluster.directory.all(), _ -> true, KeyTurns.NONE);
    for (int end : List.of(2, 3)) {
      for (PeerSpec peer : Peers.seenBy(nodes.get(end - 1), roster, paths.now())) {
        assertEquals(peer.nodeId().equals(id(1)) ? null : id(1), peer.via());
      }
      assertTrue(mesh(end).ok());
    }
    Peers.seenBy(nodes.getFirst(), roster, paths.now()).forEach(p -> assertNull(p.via()));
    cuts.clear();
    seconds(12);
    assertNull(paths.now().via(id(2), id(3)));
    assertEquals(
        List.of(
            "mesh.relayed: Traffic with %s goes through %s, which reaches both:"
                    .formatted(name(3), name(1))
                + " neither reached the other for some seconds.",
            "mesh.direct: Traffic with %s goes directly: the direct way works again."
                .formatted(name(3))),
        eventsOf(id(2)));
    assertEquals(2, eventsOf(id(3)).size());
  }

  @Test
  void theStatusShowsTheWaySinceWhenAndItsRoundTrip() {
    cuts.add(Set.of(id(2), id(3)));
    seconds(5);
    List<MeshPair> pairs = new MeshStatus(cluster.monitor, paths::now).view(nodes).pairs();
    MeshPair pair =
        pairs.stream()
            .filter(p -> p.from().equals(name(2)) && p.to().equals(name(3)))
            .findFirst()
            .orElseThrow();
    assertEquals("via " + name(1), pair.path());
    assertEquals(name(1), pair.via());
    long age = cluster.time.millis() - Objects.requireNonNull(pair.sinceMillis());
    assertTrue(age >= 0 && age <= Duration.ofSeconds(3).toMillis(), age + " ms");
    assertTrue(pair.reachable());
    assertEquals(400, pair.roundTripMicros());
    assertNull(pair.problem());
    assertEquals("direct", pairs.getFirst().path());
  }

  @Test
  void aPairNobodyCanHelpIsNamedInTheConditionOfBothUntilItMends() {
    cuts.add(Set.of(id(2), id(3)));
    cuts.add(Set.of(id(1), id(3)));
    seconds(6);
    assertNull(paths.now().via(id(2), id(3)));
    assertFalse(mesh(2).ok());
    assertEquals(
        "%s and %s don't reach each other, and no other ready node reaches both:"
                .formatted(name(2), name(3))
            + " open UDP between them",
        mesh(2).detail());
    assertTrue(mesh(3).detail().contains(name(1) + " and"), mesh(3).detail());
    cuts.clear();
    seconds(2);
    assertTrue(mesh(2).ok() && mesh(3).ok());
  }

  @Test
  void aStartOfTheControlPlaneGoesOnFromTheWaysThatWere() {
    cuts.add(Set.of(id(2), id(3)));
    seconds(5);
    paths = fromStart();
    assertEquals(id(1), paths.now().via(id(2), id(3)));
    seconds(20);
    assertEquals(1, eventsOf(id(2)).size());
    assertEquals(1, told.get());
  }

  @Test
  void aNodeThatIsRemovedLeavesNoWayBehind() {
    cuts.add(Set.of(id(2), id(3)));
    seconds(5);
    cluster.remove(name(3));
    paths.step();
    assertNull(paths.now().via(id(2), id(3)));
    assertNull(fromStart().now().via(id(2), id(3)));
  }
}
