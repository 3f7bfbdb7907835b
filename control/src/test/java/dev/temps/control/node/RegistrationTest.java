package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.RegisterRequest;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrationTest extends StoreTest {
  private PaperCluster cluster;

  @BeforeEach
  void newCluster() {
    cluster = new PaperCluster(database);
  }

  private Node register(RegisterRequest request) {
    return cluster.registration.register(request, "203.0.113.5").node();
  }

  private RegisterRequest request(PaperMachine machine, String token) {
    return machine.request(token, cluster.time.millis());
  }

  private Problem refused(RegisterRequest request) {
    return assertThrows(ProblemException.class, () -> register(request)).problem();
  }

  @Test
  void admitsAMachineWithNumbersOfItsOwn() {
    Node node = register(request(new PaperMachine(1), cluster.token()));
    assertEquals("worker-2", node.name());
    assertEquals(2, node.meshIndex());
    assertEquals("10.208.0.2", node.meshAddress());
    assertEquals("10.208.17.0/24", node.subnet());
    assertEquals(List.of("192.0.2.7:51820", "203.0.113.5:51820"), node.endpoints());
    assertFalse(node.controlPlane());
    Node second = register(request(new PaperMachine(2), cluster.token()));
    assertEquals("worker-2-2", second.name());
    assertEquals(3, second.meshIndex());
    String local = cluster.invitations.createLocal().token().text().reveal();
    Node own = register(request(new PaperMachine(3), local));
    assertEquals(1, own.meshIndex());
    assertTrue(own.controlPlane());
  }

  @Test
  void givesTheSameKeyTheSameAnswerAgain() {
    PaperMachine machine = new PaperMachine(1);
    String token = cluster.token();
    Node first = register(request(machine, token));
    assertEquals(first, register(request(machine, token)));
    cluster.time.advance(Duration.ofHours(2));
    assertEquals(first, register(request(machine, token)), "also after the token's end");
    assertEquals(first, register(request(machine, cluster.token())), "and with a new token");
  }

  @Test
  void refusesATokenThatAnotherMachineUsed() {
    String token = cluster.token();
    register(request(new PaperMachine(1), token));
    Problem used = refused(request(new PaperMachine(2), token));
    assertEquals("token-used", used.type());
    assertEquals(409, used.status());
    assertEquals("It was used by node worker-2 at 2026-01-01T00:00:00Z.", used.detail());
  }

  @Test
  void ofTwoMachinesRacingWithOneTokenExactlyOneGetsIn() throws Exception {
    String token = cluster.token();
    List<Callable<Node>> racers = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      RegisterRequest request = request(new PaperMachine(i), token);
      racers.add(() -> register(request));
    }
    int admitted = 0;
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Node> one : pool.invokeAll(racers)) {
        admitted += one.state() == Future.State.SUCCESS ? 1 : 0;
      }
    }
    assertEquals(1, admitted);
    assertEquals(1, database.read(NodeStore::living).size());
  }

  @Test
  void refusesTokensThatAreNotGood() {
    PaperMachine machine = new PaperMachine(1);
    String never = "temps1_" + "a".repeat(52) + "_" + PaperCluster.FINGERPRINT;
    assertEquals("token-unknown", refused(request(machine, never)).type());
    String other = "temps1_" + "a".repeat(52) + "_" + "cd".repeat(32);
    assertEquals("token-other-cluster", refused(request(machine, other)).type());
    assertEquals("invalid-join-token", refused(request(machine, "hello")).type());
    String expired = cluster.token();
    Invitations.Created revoked =
        cluster.invitations.create(PaperCluster.OWNER, null, null, Map.of());
    cluster.invitations.revoke(PaperCluster.OWNER, revoked.id());
    String text = revoked.token().text().reveal();
    assertEquals("token-revoked", refused(request(machine, text)).type());
    cluster.time.advance(Duration.ofHours(1));
    assertEquals("token-expired", refused(request(machine, expired)).type());
    assertEquals(0, database.read(NodeStore::living).size());
  }

  @Test
  void aRemovedNodeIsRefusedUntilItIsInvitedAgain() {
    PaperMachine machine = new PaperMachine(1);
    String token = cluster.token();
    Node node = register(request(machine, token));
    cluster.directory.refresh(node.id());
    cluster.remove(node.name());
    Problem removed = refused(request(machine, token));
    assertEquals("node-removed", removed.type());
    Node back = register(request(machine, cluster.token()));
    assertNotEquals(node.id(), back.id());
    assertEquals(node.name(), back.name());
    assertEquals(node.meshIndex() + 1, back.meshIndex(), "numbers are never used again");
  }

  @Test
  void refusesASecondMachineWithTheSameWireguardKey() {
    register(request(new PaperMachine(1), cluster.token()));
    Problem copy = refused(request(new PaperMachine(1), cluster.token()));
    assertEquals("wireguard-key-taken", copy.type());
    assertTrue(copy.detail().contains("worker-2"));
  }

  @Test
  void takesNamesFromRequestThenTokenThenHost() {
    String named =
        cluster
            .invitations
            .create(PaperCluster.OWNER, null, "db", Map.of("region", "eu"))
            .token()
            .text()
            .reveal();
    Node node = register(request(new PaperMachine(1), named));
    assertEquals("db", node.name());
    assertEquals(Map.of("region", "eu"), node.labels());
    ProblemException taken =
        assertThrows(
            ProblemException.class,
            () -> cluster.invitations.create(PaperCluster.OWNER, null, "db", Map.of()));
    assertEquals("name-taken", taken.problem().type());
  }

  @Test
  void keepsWhatTheMachineSaysOfItselfWhenItRegistersAgain() {
    PaperMachine machine = new PaperMachine(1);
    String token = cluster.token();
    register(request(machine, token));
    Node moved = cluster.registration.register(request(machine, token), "203.0.113.9").node();
    assertEquals(List.of("192.0.2.7:51820", "203.0.113.9:51820"), moved.endpoints());
  }

  @Test
  void listsInvitationsWithTheirState() {
    String id = cluster.invitations.create(PaperCluster.OWNER, null, null, Map.of()).id();
    register(request(new PaperMachine(1), cluster.token()));
    List<Invitation.State> states =
        cluster.invitations.list().stream()
            .map(i -> i.state(cluster.time.millis()))
            .sorted()
            .toList();
    assertEquals(List.of(Invitation.State.open, Invitation.State.used), states);
    cluster.invitations.revoke(PaperCluster.OWNER, id);
    cluster.invitations.revoke(PaperCluster.OWNER, id);
    ProblemException missing =
        assertThrows(
            ProblemException.class,
            () -> cluster.invitations.revoke(PaperCluster.OWNER, "jt-none"));
    assertEquals("no-such-token", missing.problem().type());
    for (Duration ttl : List.of(Duration.ZERO, Duration.ofSeconds(-5), Duration.ofDays(8))) {
      assertThrows(
          ProblemException.class,
          () -> cluster.invitations.create(PaperCluster.OWNER, ttl, null, Map.of()));
    }
  }
}
