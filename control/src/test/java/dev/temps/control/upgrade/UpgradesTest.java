package dev.temps.control.upgrade;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.UpgradeOrder;
import dev.temps.contract.agent.UpgradeState;
import dev.temps.contract.agent.UpgradeState.Phase;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.Nodes;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.Operations;
import dev.temps.control.release.PaperRelease;
import dev.temps.control.release.ReleaseShelf;
import dev.temps.control.store.Database;
import dev.temps.control.store.MortalStore;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upgrades over the real store, with agents that do what they are told, or go back. */
@SuppressWarnings("NullAway.Init") // JUnit calls threeNodes before each test.
class UpgradesTest extends StoreTest {
  private TestCluster cluster;
  private Nodes nodes;
  private Upgrades upgrades;
  private Operations operations;
  private final PaperOrders orders = new PaperOrders();

  /** Agents that need three questions for the whole way. */
  private final class PaperOrders implements Orders {
    final List<String> told = new ArrayList<>();
    final Set<String> broken = new HashSet<>();
    private int asked;

    @Override
    public UpgradeState give(Node node, UpgradeOrder order) {
      if (told.isEmpty() || !told.getLast().equals(node.name())) {
        told.add(node.name());
        asked = 0;
      }
      asked++;
      if (asked == 1) {
        return new UpgradeState(order.attempt(), Phase.preparing, "fetching");
      }
      if (asked == 2) {
        return new UpgradeState(order.attempt(), Phase.trial, "");
      }
      if (broken.contains(node.name())) {
        return new UpgradeState(order.attempt(), Phase.back, "no report");
      }
      runs(node.name(), order.version());
      return new UpgradeState(order.attempt(), Phase.done, "");
    }
  }

  private void runs(String node, String version) {
    database.change(h ->
        h.createUpdate("UPDATE nodes SET agent_version = :v, contract_version = :c WHERE name = :n")
            .bind("v", version)
            .bind("c", Contract.VERSION)
            .bind("n", node)
            .execute());
    start(); // the directory is read again
  }

  @BeforeEach
  void threeNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
    database.change(h -> h.execute("UPDATE nodes SET control_plane = 1 WHERE name = 'b'"));
    for (String node : List.of("a", "b", "c")) {
      runs(node, "0.1.0");
    }
  }

  /** What a control plane that was killed does when it is back. */
  private void start() {
    start(database);
  }

  private void start(Database store) {
    AuditLog audit = new AuditLog(cluster.time, cluster.ids);
    nodes = new Nodes(store, new NodeDirectory(store), audit, cluster.time);
    upgrades =
        new Upgrades(
            store,
            nodes,
            _ -> Liveness.ready,
            cluster.events,
            audit,
            new ReleaseShelf(folder.resolve("releases")),
            orders,
            "0.1.0",
            cluster.ids,
            cluster.time);
    operations = new Operations(store, audit, cluster.time, () -> {});
  }

  private Operation begin(String version, int contract, @Nullable String node) throws IOException {
    PaperRelease paper =
        PaperRelease.make(folder, version, contract, Database.schema(), "linux-x64");
    upgrades.upload(paper.sha256(), Files.newInputStream(paper.file()), ANNA);
    return upgrades.begin(paper.sha256(), node, false, ANNA);
  }

  private Operation ended(Operation begun) {
    for (int i = 0; i < 60 && !operations.get(begun.id()).state().finished(); i++) {
      upgrades.step();
      start(); // every step is done by a control plane that was just started
    }
    return operations.get(begun.id());
  }

  @Test
  void allNodesAreUpgradedTheControlPlanesFirstThoughItIsKilledAtEveryStep() throws IOException {
    Operation ended = ended(begin("0.2.0", Contract.VERSION, null));
    assertEquals(OperationState.succeeded, ended.state(), ended.reason());
    assertEquals(List.of("b", "a", "c"), orders.told);
    assertEquals(3, ended.done());
  }

  /** Each step is done twice: by one that dies before its commit, and by the one after it. */
  private Operation endedByTheSecondTry(Operation begun) {
    for (int i = 0; i < 60 && !operations.get(begun.id()).state().finished(); i++) {
      try (Database mortal =
          MortalStore.open(folder.resolve("temps.db"), new MortalStore.Death(1, true))) {
        start(mortal);
        assertThrows(MortalStore.Killed.class, upgrades::step);
      }
      start();
      upgrades.step();
    }
    return operations.get(begun.id());
  }

  @Test
  void killedBeforeEveryCommitItGoesOnAndNoNodeIsOrderedTwice() throws IOException {
    assumeTrue(kind == Kind.SQLITE, "the store that can die is SQLite");
    Operation ended = endedByTheSecondTry(begin("0.2.0", Contract.VERSION, null));
    assertEquals(OperationState.succeeded, ended.state(), ended.reason());
    assertEquals(List.of("b", "a", "c"), orders.told);
    assertEquals(1, cluster.told("cluster.upgrade-succeeded").size());
  }

  @Test
  void killedBeforeEveryCommitItStillStopsAtTheFirstNodeThatGoesBack() throws IOException {
    assumeTrue(kind == Kind.SQLITE, "the store that can die is SQLite");
    orders.broken.add("a");
    Operation ended = endedByTheSecondTry(begin("0.2.0", Contract.VERSION, null));
    assertEquals("a went back: no report; upgraded: b; not upgraded: c", ended.reason());
    assertEquals(List.of("b", "a"), orders.told);
  }

  @Test
  void itStopsAtTheFirstNodeThatGoesBack() throws IOException {
    orders.broken.add("a");
    Operation ended = ended(begin("0.2.0", Contract.VERSION, null));
    assertEquals(OperationState.failed, ended.state());
    assertEquals("a went back: no report; upgraded: b; not upgraded: c", ended.reason());
    assertEquals(List.of("b", "a"), orders.told);
  }

  @Test
  void oneNodeIsUpgradedAfterTheControlPlanesOwn() throws IOException {
    assertEquals(OperationState.succeeded, ended(begin("0.2.0", Contract.VERSION, "c")).state());
    assertEquals(List.of("b", "c"), orders.told);
    assertEquals("0.1.0", nodes.find("a").agentVersion());
  }

  @Test
  void aCancelledUpgradeStopsBeforeTheNextNode() throws IOException {
    Operation begun = begin("0.2.0", Contract.VERSION, null);
    upgrades.step();
    operations.cancel(begun.id(), ANNA);
    Operation ended = ended(begun);
    assertEquals(OperationState.cancelled, ended.state());
    assertEquals(List.of("b"), orders.told);
  }

  @Test
  void aSecondUpgradeFindsTheFirstInItsWay() throws IOException {
    Operation begun = begin("0.2.0", Contract.VERSION, null);
    ProblemException e =
        assertThrows(ProblemException.class, () -> begin("0.3.0", Contract.VERSION, null));
    assertTrue(e.problem().line().contains(begun.id()), e.problem().line());
  }

  @Test
  void aStepBackOrOneTooLongIsRefusedInWords() {
    refused("0.0.9", Contract.VERSION, "not put back to an older release");
    refused("0.2.0", Contract.VERSION + 2, "too far from the present one");
    database.change(h -> h.execute("UPDATE nodes SET contract_version = 1 WHERE name = 'c'"));
    start();
    refused("0.2.0", Contract.VERSION + 1, "A node is too far");
    refused("0.2.0", Contract.VERSION, "temps/bin/temps install --file");
  }

  private void refused(String version, int contract, String words) {
    ProblemException e = assertThrows(ProblemException.class, () -> begin(version, contract, null));
    assertTrue(e.problem().line().contains(words), e.problem().line());
  }

  @Test
  void aPostgresqlStoreThatWouldChangeNeedsACopyFirst() throws IOException {
    PaperRelease paper =
        PaperRelease.make(folder, "0.2.0", Contract.VERSION, Database.schema() + 1, "linux-x64");
    upgrades.upload(paper.sha256(), Files.newInputStream(paper.file()), ANNA);
    if (kind == Kind.SQLITE) {
      assertEquals(3, upgrades.begin(paper.sha256(), null, false, ANNA).total());
    } else {
      ProblemException e =
          assertThrows(
              ProblemException.class, () -> upgrades.begin(paper.sha256(), null, false, ANNA));
      assertTrue(e.problem().line().contains("--store-saved"), e.problem().line());
      assertEquals(3, upgrades.begin(paper.sha256(), null, true, ANNA).total());
    }
  }
}
