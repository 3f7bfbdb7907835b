package dev.temps.agent.session;

import static dev.temps.kit.testing.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.testing.FakeControl;
import dev.temps.agent.testing.TestCa;
import dev.temps.agent.testing.TestNode;
import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.agent.Usage;
import dev.temps.kit.Loop;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TestCa ca = new TestCa("k-test");
  private final FakeControl control = new FakeControl(ca);
  private final List<AutoCloseable> open = new ArrayList<>(List.of(control));
  private final Node node = new Node();
  private final AtomicLong epochSeen = new AtomicLong(-1);
  @TempDir Path temp;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private NodeIdentity identity(String... urls) {
    return TestNode.join(new AgentFolder(temp.resolve("agent")), ca, List.of(urls));
  }

  private ControlClient client(NodeIdentity identity) {
    return new ControlClient(
        identity.controlContext(), new ControlUrls(identity.node().controls()), Time.system());
  }

  private Session session(String... urls) {
    return new Session(client(identity(urls)), node, epochSeen::get, Time.system());
  }

  private Session running(String... urls) {
    Session session = session(urls);
    open.add(Loop.start("report", Duration.ZERO, session::step, new SplittableRandom(1)));
    return session;
  }

  @Test
  void aQuietNodeReportsWithoutListsAfterTheFirstTime() {
    running(control.url());
    eventually(SOON, "three reports", () -> control.reports.size() >= 3);
    assertNotNull(control.reports.get(0).workloads());
    assertNotNull(control.reports.get(0).peers());
    assertNotNull(control.reports.get(0).conditions());
    assertNull(control.reports.get(2).workloads());
    assertNull(control.reports.get(2).peers());
    assertNull(control.reports.get(2).conditions());
  }

  @Test
  void aChangeIsReportedAtOnceAndNotFasterThanTenTimesASecond() {
    control.reportEveryMillis = 60_000;
    Session session = running(control.url());
    eventually(SOON, "the first report", () -> control.reports.size() == 1);
    Instant start = Instant.now();
    for (int i = 0; i < 5; i++) {
      node.workloads = List.of(workload("c-" + i));
      session.changed();
    }
    eventually(
        SOON,
        "the last change is told",
        () -> List.of(workload("c-4")).equals(control.lastReport().workloads()));
    assertTrue(Duration.between(start, Instant.now()).toMillis() < 2_000);
    assertTrue(control.reports.size() <= 4, "changes close together share reports");
  }

  @Test
  void aLostReplyIsHarmlessAndTheListsAreSaidAgain() {
    Session session = running(control.url());
    eventually(SOON, "the first report", () -> control.reports.size() >= 1);
    control.repliesToLose.set(3);
    node.workloads = List.of(workload("c-1"));
    session.changed();
    eventually(
        SOON,
        "a report is accepted after three were lost",
        () ->
            control.repliesToLose.get() == 0
                && session.state().connected()
                && control.lastReport().workloads() == null);
    assertTrue(
        control.reports.stream().filter(r -> List.of(workload("c-1")).equals(r.workloads())).count()
            >= 2);
    assertEquals(1, control.sessions.size());
  }

  @Test
  void anEndedSessionIsOpenedAgainAndEverythingIsToldAnew() {
    Session session = running(control.url());
    eventually(SOON, "reports", () -> control.reports.size() >= 2);
    control.endSession();
    eventually(SOON, "a second session", () -> control.lastReport().session().equals("s-2"));
    assertNotNull(
        control.reports.stream()
            .filter(r -> r.session().equals("s-2"))
            .findFirst()
            .orElseThrow()
            .workloads());
    assertTrue(session.conditions().stream().allMatch(Condition::ok));
  }

  @Test
  void aSecondMachineWithTheSameKeyIsToldApartFromARestart() {
    Session session = running(control.url());
    for (int i = 1; i <= 4; i++) {
      int sessions = i;
      eventually(
          SOON,
          "session " + i,
          () -> control.sessions.size() >= sessions && session.state().connected());
      control.endSession();
    }
    eventually(
        SOON,
        "the clone alarm",
        () -> session.conditions().stream().anyMatch(c -> c.name().equals("identity") && !c.ok()));
  }

  @Test
  void aDeadMeshUrlFallsBackToThePublicOneAndIsTakenUpAgain() throws IOException {
    int deadPort = freePort();
    String mesh = "https://127.0.0.1:" + deadPort;
    control.controls = List.of(mesh, control.url());
    NodeIdentity identity = identity(mesh, control.url());
    ControlClient client = client(identity);
    Session session = new Session(client, node, epochSeen::get, Time.system());
    open.add(Loop.start("report", Duration.ZERO, session::step, new SplittableRandom(1)));
    eventually(SOON, "reports by the public URL", () -> control.reports.size() >= 2);
    assertEquals(control.url(), session.state().control());

    try (FakeControl behindMesh = new FakeControl(ca, deadPort)) {
      behindMesh.controls = control.controls;
      client.tryBetter();
      eventually(SOON, "reports over the mesh", () -> behindMesh.sessions.size() >= 1);
      eventually(SOON, "the mesh URL is in use", () -> session.state().control().equals(mesh));
    }
    eventually(
        SOON, "back on the public URL", () -> session.state().control().equals(control.url()));
  }

  @Test
  void aControlPlaneThatIsNotTheLeaderPointsToTheOneThatIs() {
    FakeControl leader = new FakeControl(ca);
    open.add(leader);
    control.elsewhere = leader.url();
    Session session = running(control.url());
    eventually(SOON, "reports to the leader", () -> leader.reports.size() >= 1);
    assertEquals(leader.url(), session.state().control());
  }

  @Test
  void aServerOfAnotherClusterIsNotTalkedTo() {
    try (FakeControl foreign = new FakeControl(new TestCa("k-foreign"))) {
      Session session = running(foreign.url());
      eventually(SOON, "it says why", () -> session.state().away().contains("not of this cluster"));
      assertTrue(foreign.sessions.isEmpty());
    }
  }

  @Test
  void anOlderControlPlaneIsRefusedInWords() {
    epochSeen.set(4);
    Session session = running(control.url());
    eventually(SOON, "a refusal", () -> session.state().refused().contains("epoch 4"));
    assertTrue(control.reports.isEmpty());
  }

  @Test
  void anOlderControlPlaneIsLeftOnceANewerOneWasHeardOf() {
    Session session = running(control.url());
    eventually(SOON, "a report", () -> !control.reports.isEmpty());
    epochSeen.set(4);
    eventually(SOON, "a refusal", () -> session.state().refused().contains("epoch 4"));
    assertEquals(4, control.sessions.getLast().epochSeen(), "the older one is told");
  }

  @Test
  void aRemovedNodeSaysSoAndKeepsAsking() {
    control.refusal = Problem.of("node-removed", 403, "This node was removed.", "by a person", "");
    Session session = running(control.url());
    eventually(SOON, "words", () -> session.state().refused().contains("was removed"));
    assertFalse(session.state().connected());
  }

  @Test
  void aControlPlaneOneContractBehindIsSpokenToInItsOwn() {
    control.contractMax = Contract.LOWEST;
    Session session = running(control.url());
    eventually(SOON, "reports are accepted", () -> session.state().connected());
    assertEquals(Contract.LOWEST, control.sessions.getLast().contract());
  }

  @Test
  void aControlPlaneFurtherBehindIsNotSpokenToAndTheRefusalIsShown() {
    control.contractMax = Contract.LOWEST - 1;
    Session session = running(control.url());
    eventually(SOON, "words", () -> session.state().refused().contains("can't talk"));
    assertEquals("contract-version", session.state().refusedType());
  }

  @Test
  void aWrongClockIsAConditionInWords() {
    control.clockAheadMillis = 3_600_000;
    Session session = running(control.url());
    eventually(
        SOON,
        "the condition is reported",
        () ->
            requireNonNull(control.reports.getFirst().conditions()).stream()
                .anyMatch(c -> c.name().equals("clock") && c.detail().contains("behind")));
    assertTrue(session.state().connected());
  }

  @Test
  void aCertificatePastHalfOfItsLifeIsRenewedWithoutARestart() throws IOException {
    NodeIdentity identity =
        TestNode.join(
            new AgentFolder(temp.resolve("agent")),
            ca,
            List.of(control.url()),
            Instant.now().minus(Duration.ofDays(60)));
    Renewal renewal = new Renewal(identity, client(identity));
    renewal.step();
    renewal.step();
    assertEquals(1, control.renewals.get());
    assertFalse(identity.renewalDue());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static ObservedWorkload workload(String id) {
    return new ObservedWorkload(
        id, ObservedState.running, Health.healthy, null, null, 0, 0, "abc", 1);
  }

  /** A node whose figures the test sets. */
  private static final class Node implements Observed {
    volatile List<ObservedWorkload> workloads = List.of();
    volatile Traffic traffic = new Traffic("t", List.of());

    @Override
    public SessionRequest opening(long epochSeen) {
      return new SessionRequest(
          Contract.VERSION,
          "test",
          "boot",
          epochSeen,
          List.of(),
          "wg",
          51820,
          TestNode.HOST,
          Instant.now().toEpochMilli());
    }

    @Override
    public Applied applied() {
      return Applied.NONE;
    }

    @Override
    public boolean meshProven() {
      return true;
    }

    @Override
    public Usage usage() {
      return TestNode.USAGE;
    }

    @Override
    public List<ObservedWorkload> workloads() {
      return workloads;
    }

    @Override
    public List<PeerObservation> peers() {
      return List.of();
    }

    @Override
    public @Nullable MeshKeys keys() {
      return null;
    }

    @Override
    public Traffic traffic() {
      return traffic;
    }

    @Override
    public CaTrust trust() {
      return new CaTrust(List.of("ab"), "ab");
    }

    @Override
    public List<Condition> conditions() {
      return List.of(new Condition("docker", true, ""));
    }
  }

  @Test
  void aControlPlaneThatWasReplacedIsLeftForTheNextOne() {
    FakeControl old = new FakeControl(ca);
    open.add(old);
    old.refusal = Problem.conflict("superseded", "It was replaced.", "", "");
    Session session = running(old.url(), control.url());
    eventually(
        SOON,
        "the next one is used",
        () -> session.state().connected() && session.state().control().equals(control.url()));
  }

  @Test
  void aLowerEpochMakesItLookElsewhere() {
    epochSeen.set(5);
    session(control.url());
    ControlClient client = client(identity(control.url(), "https://127.0.0.1:1"));
    Session session = new Session(client, node, epochSeen::get, Time.system());
    open.add(Loop.start("report", Duration.ZERO, session::step, new SplittableRandom(1)));
    eventually(SOON, "it says why", () -> session.state().refused().contains("epoch 5"));
    assertFalse(session.state().connected());
  }

  @Test
  void aRestoredControlPlaneIsFoundOnAnotherNode() {
    ControlClient client = client(identity("https://127.0.0.1:1"));
    Session session = new Session(client, node, epochSeen::get, Time.system());
    int port = java.net.URI.create(control.url()).getPort();
    PeerSearch search =
        new PeerSearch(
            client.urls(),
            () -> List.of("127.0.0.2", "127.0.0.1"),
            () -> session.state().connected(),
            new Handshake(identity(control.url()).controlContext()),
            port,
            Time.system());
    open.add(Loop.start("report", Duration.ZERO, session::step, new SplittableRandom(1)));
    open.add(Loop.start("search", Duration.ofMillis(50), search::step, new SplittableRandom(1)));
    eventually(SOON, "it reports there", () -> session.state().connected());
    assertEquals(control.url(), session.state().control());
  }

  @Test
  void whoIsNotTheClustersControlPlaneIsNotFound() {
    FakeControl foreign = new FakeControl(new TestCa("k-test"));
    open.add(foreign);
    Handshake handshake = new Handshake(identity(control.url()).controlContext());
    assertTrue(handshake.test(control.url()));
    assertFalse(handshake.test(foreign.url()));
  }
}
