package dev.temps.control.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.Report;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Node;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.operation.Operations;
import dev.temps.control.store.Database;
import dev.temps.control.store.MortalStore;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperKeys;
import dev.temps.control.testing.PaperMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys are rotated over the real store, with agents that do as they are told. */
class KeyRotationsTest extends StoreTest {
  private final List<Machine> machines = new ArrayList<>();
  private PaperCluster cluster;
  private KeyRotations rotations;
  private int made;
  private boolean mortal;
  private int deaths;

  /** A node's agent and its session. */
  private final class Machine {
    final Node node;
    final String session;
    final PaperKeys keys;
    long sequence = 1;
    boolean on = true;
    boolean deaf;

    Machine(int index) {
      PaperMachine machine = new PaperMachine(index);
      node = cluster.join(machine);
      session = cluster.ready(node, machine);
      keys = new PaperKeys(node.id(), node.wireguardKey(), () -> PaperKeys.key(++made));
    }

    void act() {
      if (!deaf) {
        KeyTurns turns = rotations.now();
        List<PeerSpec> roster = Peers.roster(cluster.directory.all(), _ -> true, turns);
        keys.told(Peers.seenBy(cluster.fresh(node), roster, Paths.DIRECT), turns.order(node.id()));
      }
      keys.act();
    }

    List<PeerObservation> sees() {
      return keys.sees(id -> machine(id).filter(m -> m.on).map(m -> m.keys));
    }

    void report() {
      Report plain =
          PaperMachine.report(session, ++sequence, true, cluster.time.millis(), List.of());
      cluster.monitor.report(cluster.fresh(node), PaperMachine.with(plain, sees(), keys.said()));
    }
  }

  private Optional<Machine> machine(String id) {
    return machines.stream().filter(m -> m.node.id().equals(id)).findFirst();
  }

  @BeforeEach
  void threeNodes() {
    cluster = new PaperCluster(database);
    rotations = fromStart();
    for (int i = 1; i <= 3; i++) {
      machines.add(new Machine(i));
    }
    seconds(2);
  }

  private KeyRotations fromStart() {
    return over(database);
  }

  private KeyRotations over(Database store) {
    return new KeyRotations(
        store,
        cluster.nodes,
        cluster.monitor,
        new EventStore(cluster.ids),
        cluster.audit,
        cluster.ids,
        cluster.time,
        () -> {});
  }

  /** Half seconds; whoever is on never loses anybody who is on. */
  private void seconds(double count) {
    for (int i = 0; i < count * 2; i++) {
      machines.stream().filter(m -> m.on).forEach(Machine::act);
      machines.stream().filter(m -> m.on).forEach(Machine::report);
      machines.stream()
          .filter(m -> m.on && !m.deaf)
          .flatMap(m -> m.sees().stream())
          .filter(seen -> machine(seen.nodeId()).filter(o -> o.on && !o.deaf).isPresent())
          .forEach(seen -> assertTrue(seen.reachable(), "nobody is lost"));
      dieOnce();
      rotations.step();
      cluster.time.advance(Duration.ofMillis(500));
      cluster.monitor.step();
    }
  }

  /** A control plane does the next step and dies just before its commit; another one follows. */
  private void dieOnce() {
    if (!mortal) {
      return;
    }
    try (Database store =
        MortalStore.open(folder.resolve("temps.db"), new MortalStore.Death(1, true))) {
      over(store).step(); // nothing to write is nothing to die at
    } catch (MortalStore.Killed e) {
      deaths++;
    }
    rotations = fromStart();
  }

  private Operation again(Operation operation) {
    return database.read(h -> OperationStore.find(h, operation.id())).orElseThrow();
  }

  private String key(int index) {
    return cluster.fresh(machines.get(index).node).wireguardKey();
  }

  @Test
  void everyNodeGetsANewKeyOneAfterTheOtherAndNobodyIsLost() {
    Set<String> before = new HashSet<>(List.of(key(0), key(1), key(2)));
    List<Operation> begun = rotations.rotate(null, PaperCluster.OWNER);
    assertEquals(3, begun.size());
    seconds(20);
    for (int i = 0; i < 3; i++) {
      Operation ended = again(begun.get(i));
      assertEquals(OperationState.succeeded, ended.state(), ended.step());
      assertEquals(KeyPlanner.STEPS, ended.done());
      assertFalse(before.contains(key(i)));
      assertEquals(machines.get(i).keys.current(), key(i));
      assertNull(rotations.now().order(machines.get(i).node.id()));
    }
  }

  @Test
  void askedAgainItFindsTheRotationThatRuns() {
    Operation first = rotations.rotate(machines.get(1).node.name(), PaperCluster.OWNER).getFirst();
    Operation second = rotations.rotate(machines.get(1).node.name(), PaperCluster.OWNER).getFirst();
    assertEquals(first.id(), second.id());
  }

  @Test
  void aStartOfTheControlPlaneAtEveryStepGoesOnWhereItWas() {
    for (int steps = 0; steps < 12; steps++) {
      String before = key(1);
      Operation begun =
          rotations.rotate(machines.get(1).node.name(), PaperCluster.OWNER).getFirst();
      seconds(steps / 2.0);
      rotations = fromStart();
      seconds(15);
      assertEquals(OperationState.succeeded, again(begun).state(), again(begun).step());
      assertNotEquals(before, key(1));
    }
  }

  @Test
  void killedBeforeEveryCommitEachRotationEndsAllTheSame() {
    assumeTrue(kind == Kind.SQLITE, "the store that can die is SQLite");
    Set<String> before = new HashSet<>(List.of(key(0), key(1), key(2)));
    List<Operation> begun = rotations.rotate(null, PaperCluster.OWNER);
    mortal = true;
    seconds(25);
    assertTrue(deaths >= 3 * KeyPlanner.STEPS, "it died at each step: " + deaths);
    for (int i = 0; i < 3; i++) {
      assertEquals(
          OperationState.succeeded, again(begun.get(i)).state(), again(begun.get(i)).step());
      assertFalse(before.contains(key(i)));
      assertEquals(machines.get(i).keys.current(), key(i));
    }
  }

  @Test
  void aNodeThatIsAwayWaitsAndTheOthersDoNotWaitForIt() {
    machines.get(1).on = false;
    seconds(6);
    List<Operation> begun = rotations.rotate(null, PaperCluster.OWNER);
    seconds(20);
    for (Operation operation : begun) {
      boolean away = operation.subject().equals(machines.get(1).node.id());
      Operation now = again(operation);
      assertEquals(
          away ? OperationState.running : OperationState.succeeded, now.state(), now::step);
    }
    assertTrue(begun.stream().map(this::again).anyMatch(o -> o.step().contains("which is away")));
    machines.get(1).on = true;
    seconds(15);
    begun.forEach(o -> assertEquals(OperationState.succeeded, again(o).state()));
  }

  @Test
  void nobodyTurnsBeforeAllKnowTheNextKeyAndTheStepNamesThoseThatDoNot() {
    machines.get(2).deaf = true;
    Operation begun = rotations.rotate(machines.get(1).node.name(), PaperCluster.OWNER).getFirst();
    String before = key(1);
    seconds(20);
    assertEquals("telling the next key to " + machines.get(2).node.name(), again(begun).step());
    assertEquals(before, machines.get(1).keys.current());
    machines.get(2).deaf = false;
    seconds(5);
    assertEquals(OperationState.succeeded, again(begun).state());
  }

  @Test
  void cancelledBeforeTheTurnTheKeyStaysAndEverybodyForgetsTheNext() {
    machines.get(2).deaf = true;
    Operation begun = rotations.rotate(machines.get(1).node.name(), PaperCluster.OWNER).getFirst();
    seconds(5);
    String before = key(1);
    new Operations(database, cluster.audit, cluster.time, () -> {})
        .cancel(begun.id(), PaperCluster.OWNER);
    seconds(2);
    assertEquals(OperationState.cancelled, again(begun).state());
    assertEquals(before, key(1));
    assertNull(rotations.now().nextKey(machines.get(1).node.id(), before));
  }

  @Test
  void anAgentThatStartsAgainInTheMiddleIsNotWaitedForInVain() {
    Operation begun = rotations.rotate(machines.get(1).node.name(), PaperCluster.OWNER).getFirst();
    seconds(1);
    machines.get(1).on = false; // it dies with its next key on disk, perhaps already in use
    seconds(1);
    machines.get(1).on = true;
    seconds(15);
    assertEquals(OperationState.succeeded, again(begun).state(), again(begun).step());
    assertEquals(machines.get(1).keys.current(), key(1));
  }

  @Test
  void aKeyThatIsAnotherNodesIsRefused() {
    machines.get(1).keys.next(key(2));
    Operation begun = rotations.rotate(machines.get(1).node.name(), PaperCluster.OWNER).getFirst();
    seconds(5);
    assertEquals(OperationState.failed, again(begun).state());
    assertEquals("its next key is another node's", again(begun).reason());
  }
}
