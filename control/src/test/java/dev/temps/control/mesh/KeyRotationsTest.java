package dev.temps.control.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.temps.contract.agent.KeyOrder;
import dev.temps.contract.agent.MeshKeys;
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
import dev.temps.control.testing.PaperMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  /** A node's agent: its keys, and what it was told last. */
  private final class Machine {
    final Node node;
    final String session;
    long sequence = 1;
    boolean on = true;
    boolean deaf;
    String current;
    @Nullable String next;
    List<PeerSpec> peers = List.of();
    @Nullable KeyOrder order;

    Machine(int index) {
      PaperMachine machine = new PaperMachine(index);
      node = cluster.join(machine);
      session = cluster.ready(node, machine);
      current = node.wireguardKey();
    }

    void act() {
      if (!deaf) {
        KeyTurns turns = rotations.now();
        List<PeerSpec> roster = Peers.roster(cluster.directory.all(), _ -> true, turns);
        peers = Peers.seenBy(cluster.fresh(node), roster, Paths.DIRECT);
        order = turns.order(node.id());
      }
      if (order == KeyOrder.prepare && next == null) {
        next = fresh();
      }
      String turned = next;
      if (order == KeyOrder.use && turned != null) {
        current = turned;
        next = null;
      }
    }

    /** By the rule of WireGuard: a peer is reached if each knows the key the other uses. */
    PeerObservation sees(PeerSpec peer) {
      Machine other =
          machines.stream()
              .filter(m -> m.node.id().equals(peer.nodeId()))
              .findFirst()
              .orElseThrow();
      List<String> keys = new ArrayList<>(List.of(peer.publicKey()));
      String next = peer.nextKey();
      if (next != null) {
        keys.add(next.equals(other.current) ? 0 : 1, next);
      }
      boolean reached = other.on && keys.contains(other.current) && other.knows(this);
      List<String> told = next == null ? null : keys;
      return new PeerObservation(peer.nodeId(), 1, 0, 0, 1, reached, null, 0L, null, told, 0L);
    }

    boolean knows(Machine other) {
      return peers.stream()
          .filter(p -> p.nodeId().equals(other.node.id()))
          .anyMatch(p -> p.publicKey().equals(other.current) || other.current.equals(p.nextKey()));
    }

    void report() {
      Report plain =
          PaperMachine.report(session, ++sequence, true, cluster.time.millis(), List.of());
      cluster.monitor.report(
          cluster.fresh(node),
          new Report(
              plain.session(),
              plain.sequence(),
              plain.epoch(),
              plain.applied(),
              true,
              plain.usage(),
              plain.clockMillis(),
              plain.workloads(),
              peers.stream().map(this::sees).toList(),
              plain.conditions(),
              order == null ? null : new MeshKeys(current, next),
              null));
    }
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

  private String fresh() {
    byte[] key = new byte[32];
    key[0] = (byte) ++made;
    key[31] = 77;
    return Base64.getEncoder().encodeToString(key);
  }

  /** Half seconds; whoever is on never loses anybody who is on. */
  private void seconds(double count) {
    for (int i = 0; i < count * 2; i++) {
      machines.stream().filter(m -> m.on).forEach(Machine::act);
      machines.stream().filter(m -> m.on).forEach(Machine::report);
      machines.stream()
          .filter(m -> m.on && !m.deaf)
          .forEach(m ->
              m.peers.forEach(p -> {
                Machine other =
                    machines.stream()
                        .filter(o -> o.node.id().equals(p.nodeId()))
                        .findFirst()
                        .orElseThrow();
                assertTrue(!other.on || other.deaf || m.sees(p).reachable(), "nobody is lost");
              }));
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
      assertEquals(machines.get(i).current, key(i));
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
      assertEquals(machines.get(i).current, key(i));
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
    assertEquals(before, machines.get(1).current);
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
    assertEquals(machines.get(1).current, key(1));
  }

  @Test
  void aKeyThatIsAnotherNodesIsRefused() {
    machines.get(1).next = key(2);
    Operation begun = rotations.rotate(machines.get(1).node.name(), PaperCluster.OWNER).getFirst();
    seconds(5);
    assertEquals(OperationState.failed, again(begun).state());
    assertEquals("its next key is another node's", again(begun).reason());
  }
}
