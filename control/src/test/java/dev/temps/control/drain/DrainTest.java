package dev.temps.control.drain;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.Evictions;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.Operations;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes are emptied and removed over the real store, with agents that report. */
class DrainTest extends StoreTest {
  private static final Duration PAUSE = Duration.ofSeconds(5); // routes left, not yet stopped

  private TestCluster cluster;
  private Nodes nodes;
  private Drains drains;
  private Operations operations;
  private NodeRemoval removal;

  @BeforeEach
  void threeNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
    AuditLog audit = new AuditLog(cluster.time, cluster.ids);
    NodeDirectory directory = new NodeDirectory(database);
    nodes = new Nodes(database, directory, audit, cluster.time);
    drains =
        new Drains(database, nodes, cluster.events, audit, cluster.ids, cluster.time, () -> {});
    operations = new Operations(database, audit, cluster.time, () -> {});
    removal =
        new NodeRemoval(
            database,
            nodes,
            new NodeMonitor(directory, database, (_, _, _, _) -> {}, cluster.time, cluster.ids),
            new Evictions(cluster.parts),
            cluster.events,
            cluster.ids,
            cluster.time,
            () -> {});
    cluster.deploy(web(2));
    cluster.settle();
    assertEquals(List.of("a", "b"), cluster.where("web"));
  }

  private void settle() {
    cluster.settle();
    drains.step();
    cluster.advance(PAUSE);
    drains.step();
  }

  @Test
  void aDrainedNodeIsEmptyAndItsReplicaServesElsewhere() {
    Operation begun = drains.drain("a", null, ANNA);
    assertEquals(begun.id(), drains.drain("a", 60L, ANNA).id(), "asked again finds it");
    cluster.reconciler.step();
    assertEquals(2, cluster.backends("web").size(), "the old one serves while the new one starts");
    settle();
    assertEquals(List.of("c", "b"), cluster.where("web"));
    assertEquals(2, cluster.backends("web").size());
    Operation ended = operations.get(begun.id());
    assertEquals(OperationState.succeeded, ended.state(), ended.reason());
    assertEquals(1, ended.done());
    assertEquals(Availability.drained, nodes.find("a").availability());
  }

  @Test
  void whatHasNoOtherPlaceStaysAndIsNamed() {
    cluster.cordon("b");
    cluster.cordon("c");
    Operation begun = drains.drain("a", 30L, ANNA);
    settle();
    Operation stuck = operations.get(begun.id());
    assertEquals(OperationState.running, stuck.state());
    assertTrue(stuck.step().contains("no place for web-1: 2 nodes: cordoned"), stuck.step());
    assertEquals(2, cluster.backends("web").size());
    cluster.time.advance(Duration.ofSeconds(30));
    drains.step();
    assertEquals(OperationState.failed, operations.get(begun.id()).state());
    assertEquals(Availability.cordoned, nodes.find("a").availability());
    assertEquals(2, cluster.backends("web").size());
  }

  @Test
  void undrainCancelsAtAnyMomentAndACancelledDrainMakesTheNodeActive() {
    Operation first = drains.drain("a", null, ANNA);
    drains.undrain("a", ANNA);
    drains.step();
    assertEquals(OperationState.cancelled, operations.get(first.id()).state());
    assertEquals(Availability.active, nodes.find("a").availability());
    cluster.settle();
    assertEquals(List.of("a", "b"), cluster.where("web"));

    Operation second = drains.drain("a", null, ANNA);
    operations.cancel(second.id(), ANNA);
    drains.step();
    assertEquals(OperationState.cancelled, operations.get(second.id()).state());
    assertEquals(Availability.active, nodes.find("a").availability());
    assertThrows(ProblemException.class, () -> operations.cancel(second.id(), ANNA));
  }

  @Test
  void replicasOfANodeThatIsDownStartElsewhereAndDoNotComeBack() {
    cluster.liveness("a", Liveness.suspect);
    cluster.settle();
    assertEquals(List.of("a", "b"), cluster.where("web"), "suspicion moves nothing");
    cluster.liveness("a", Liveness.down);
    cluster.settle();
    assertEquals(List.of("c", "b"), cluster.where("web"));
    cluster.advance(PAUSE);
    cluster.liveness("a", Liveness.ready);
    cluster.settle();
    assertEquals(0, database.read(h -> Evictions.on(h, "n-a")).size(), "no longer its own");
    assertEquals(List.of("c", "b"), cluster.where("web"));
  }

  @Test
  void aDownNodeWithoutAnAlternativeKeepsItsReplicaForItsReturn() {
    cluster.cordon("b");
    cluster.cordon("c");
    cluster.liveness("a", Liveness.down);
    cluster.settle();
    cluster.advance(PAUSE);
    assertEquals(List.of("a", "b"), cluster.where("web"));
    assertEquals(1, cluster.told("replica.unplaced").size(), "said once");
  }

  @Test
  void aNodeWithReplicasIsNotRemovedButADeadOneMayBeByForce() {
    assertEquals(
        "node-in-use",
        assertThrows(ProblemException.class, () -> removal.remove("a", false, ANNA))
            .problem()
            .type());
    assertEquals(1, removal.plan("a").size());
    removal.remove("a", true, ANNA); // the monitor has not heard of it since its start
    cluster.settle();
    assertEquals(2, cluster.where("web").size());
    assertTrue(
        cluster.where("web").stream().noneMatch("a"::equals), cluster.where("web")::toString);
    assertEquals(1, cluster.told("replica.lost").size());
    assertThrows(ProblemException.class, () -> nodes.find("a"));
  }
}
