package dev.temps.control.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.backup.testing.FakeCourier;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Supersession;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoundsTest extends StoreTest {
  private final FakeCourier courier = new FakeCourier();
  private final List<Node> nodes = new ArrayList<>();
  private PaperCluster cluster;
  private Supersession supersession;
  private Rounds rounds;

  @BeforeEach
  void threeReadyNodes() throws IOException {
    cluster = new PaperCluster(database);
    for (int i = 1; i <= 3; i++) {
      PaperMachine machine = new PaperMachine(i);
      Node node = cluster.join(machine);
      cluster.ready(node, machine);
      nodes.add(cluster.fresh(node));
    }
    nodes.sort(Comparator.comparing(Node::id));
    Vault.Opened opened =
        Vault.open(folder.resolve("master.key"), database, cluster.time, Ids.secure(), null);
    Vault.Fresh fresh = opened.fresh();
    assertNotNull(fresh);
    database.change(h -> opened.vault().keep(h, fresh));
    Files.writeString(folder.resolve("serve.json"), "{}");
    supersession = new Supersession(database, 1);
    rounds =
        new Rounds(
            database,
            new Snapshots(
                new Snapshots.Cluster("c-1", 1, "1"),
                database,
                opened.vault(),
                new Snapshots.Places(
                    folder.resolve("snapshot"),
                    folder.resolve("serve.json"),
                    folder.resolve("agent")),
                cluster.time),
            courier,
            cluster.directory,
            cluster.monitor,
            supersession,
            1,
            cluster.time);
  }

  private String id(int place) {
    return nodes.get(place).id();
  }

  @Test
  void twoNodesHoldTheSnapshotOfTheLastMinute() {
    rounds.step();
    assertEquals(Set.of(id(0), id(1)), courier.kept().keySet());
    long first = courier.kept().getOrDefault(id(0), 0L);
    cluster.time.advance(Duration.ofSeconds(30));
    rounds.step();
    assertEquals(first, courier.kept().getOrDefault(id(0), 0L));
    cluster.time.advance(Duration.ofSeconds(30));
    rounds.step();
    assertEquals(first + 60_000, courier.kept().getOrDefault(id(1), 0L));
    assertEquals(2, rounds.copies().size());
    assertTrue(rounds.copies().getFirst().trouble().isEmpty());
  }

  @Test
  void whatAPersonChangedIsInASnapshotWithinSeconds() {
    rounds.step();
    long first = courier.kept().getOrDefault(id(0), 0L);
    cluster.time.advance(Rounds.STEP_EVERY);
    rounds.step();
    assertEquals(first, courier.kept().getOrDefault(id(0), 0L), "nothing changed");
    cluster.join(new PaperMachine(4));
    cluster.time.advance(Rounds.STEP_EVERY);
    rounds.step();
    assertEquals(first + 10_000, courier.kept().getOrDefault(id(0), 0L));
    cluster.time.advance(Rounds.STEP_EVERY);
    rounds.step();
    assertEquals(first + 10_000, courier.kept().getOrDefault(id(0), 0L));
  }

  @Test
  void whenAHolderGoesDownAnotherOneTakesItsPlaceAtOnce() {
    rounds.step();
    PaperMachine machine = new PaperMachine(1);
    assertFalse(courier.kept().containsKey(id(2)));
    // Two go on reporting, the first falls silent.
    for (int second = 0;
        second < 60 && cluster.monitor.liveness(nodes.get(0)) != Liveness.down;
        second++) {
      cluster.time.advance(Duration.ofSeconds(1));
      cluster.ready(nodes.get(1), machineOf(1, machine));
      cluster.ready(nodes.get(2), machineOf(2, machine));
      cluster.monitor.step();
      cluster.time.advance(NodeMonitor.STEP_EVERY);
      cluster.monitor.step();
    }
    rounds.step();
    assertTrue(courier.kept().containsKey(id(2)), () -> courier.kept().toString());
  }

  /** A machine with the WireGuard key that its node has. */
  private PaperMachine machineOf(int place, PaperMachine fallback) {
    for (int i = 1; i <= 3; i++) {
      PaperMachine machine = new PaperMachine(i);
      if (machine.wireguardKey.equals(nodes.get(place).wireguardKey())) {
        return machine;
      }
    }
    return fallback;
  }

  @Test
  void aHolderThatCanNotBeReachedIsNamedAndTriedAgain() {
    courier.away(id(0), true);
    rounds.step();
    assertEquals(Set.of(id(1)), courier.kept().keySet());
    assertTrue(rounds.copies().stream().anyMatch(c -> c.trouble().contains("can't be reached")));
    courier.away(id(0), false);
    rounds.step();
    assertEquals(Set.of(id(0), id(1)), courier.kept().keySet());
    assertTrue(rounds.copies().stream().allMatch(c -> c.trouble().isEmpty()));
  }

  @Test
  void aSnapshotThatFailsIsAProblemAPersonSees() throws IOException {
    Files.delete(folder.resolve("serve.json"));
    rounds.step();
    assertTrue(rounds.problems().getFirst().contains("could not be written"));
    Files.writeString(folder.resolve("serve.json"), "{}");
    cluster.time.advance(Duration.ofMinutes(1));
    rounds.step();
    assertEquals(List.of(), rounds.problems());
  }

  @Test
  void aNodeThatFollowsAnotherControlPlaneEndsThisOne() {
    courier.saw(id(1), 2);
    rounds.step();
    assertFalse(supersession.replaced(), "those that report here follow nobody else");
    cluster.time.advance(Duration.ofMinutes(2));
    cluster.monitor.step();
    for (int i = 0; i < 100; i++) {
      cluster.time.advance(NodeMonitor.STEP_EVERY);
      cluster.monitor.step();
    }
    rounds.step();
    assertTrue(supersession.replaced());
    assertTrue(new Supersession(database, 1).replaced(), "over a restart, too");
    assertFalse(new Supersession(database, 2).replaced());
    assertTrue(supersession.problem().line().contains("epoch 2"));
  }

  @Test
  void deadNodesDoNotKeepTheOneThatKnowsFromBeingAsked() {
    List<Node> all = new ArrayList<>(nodes);
    for (int i = 4; i <= 6; i++) {
      all.add(cluster.join(new PaperMachine(i))); // never reports
    }
    all.sort(Comparator.comparing(Node::id));
    all.subList(0, 5).forEach(n -> courier.away(n.id(), true));
    courier.saw(all.getLast().id(), 2);
    for (int i = 0; i < 100; i++) {
      cluster.time.advance(NodeMonitor.STEP_EVERY);
      cluster.monitor.step();
    }
    Successors successors =
        new Successors(courier, cluster.directory, cluster.monitor, supersession, 1);
    successors.step();
    successors.step();
    assertTrue(supersession.replaced());
  }

  @Test
  void nodesThatFollowAnOlderControlPlaneLearnOfThisOne() {
    Supersession newer = new Supersession(database, 3);
    for (int i = 0; i < 100; i++) {
      cluster.time.advance(NodeMonitor.STEP_EVERY);
      cluster.monitor.step();
    }
    new Successors(courier, cluster.directory, cluster.monitor, newer, 3).step();
    assertFalse(newer.replaced());
    assertEquals(3, courier.epochSeen(nodes.getFirst(), 1), "the older one is told so");
  }
}
