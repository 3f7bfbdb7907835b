package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Usage;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeMonitorTest extends StoreTest {
  private final PaperMachine machine = new PaperMachine(1);
  private PaperCluster cluster;
  private Node node;

  @BeforeEach
  void oneNode() {
    cluster = new PaperCluster(database);
    node = cluster.join(machine);
  }

  private String open() {
    return cluster.sessions.open(node, machine.session(0), "203.0.113.5");
  }

  private NodeMonitor.Accepted report(String session, long sequence, List<ObservedWorkload> list) {
    return cluster.monitor.report(
        node, PaperMachine.report(session, sequence, true, cluster.time.millis(), list));
  }

  private Liveness liveness() {
    return cluster.monitor.liveness(node);
  }

  private static ObservedWorkload running(String id) {
    return new ObservedWorkload(
        id, ObservedState.running, Health.healthy, null, null, 0, 0, "x", 1);
  }

  private void seconds(int count) {
    for (int i = 0; i < count * 2; i++) {
      cluster.time.advance(NodeMonitor.STEP_EVERY);
      cluster.monitor.step();
    }
  }

  @Test
  void aNodeLivesAndDiesAndComesBack() {
    assertEquals(Liveness.pending, liveness());
    assertEquals(
        "It has registered, but its agent has not reported yet.",
        cluster.monitor.status(node).livenessReason());
    String session = cluster.ready(node, machine);
    assertEquals(Liveness.ready, liveness());
    assertNull(cluster.monitor.status(node).livenessReason());
    assertNotNull(cluster.fresh(node).firstReadyAt());
    seconds(4);
    assertEquals(Liveness.suspect, liveness());
    assertEquals(
        "No report for 4 s; no other machine can tell whether it lives, so it counts as down"
            + " after 30 s.",
        cluster.monitor.status(node).livenessReason());
    seconds(27);
    assertEquals(Liveness.down, liveness());
    report(session, 2, List.of());
    assertEquals(Liveness.ready, liveness());
    assertEquals(
        List.of(
            "node.ready worker-2: Its mesh is proven.",
            "node.suspect worker-2: No report for 3 s; no other machine can tell whether it lives,"
                + " so it counts as down after 30 s.",
            "node.down worker-2: No report for 30 s; no other machine can tell whether it lives,"
                + " so it counts as down after 30 s.",
            "node.ready worker-2: It reports again."),
        cluster.events);
  }

  @Test
  void ourOwnPauseIsNobodysSilence() {
    cluster.ready(node, machine);
    cluster.time.advance(Duration.ofSeconds(40));
    cluster.monitor.step();
    assertEquals(Liveness.ready, liveness());
    seconds(3);
    assertEquals(Liveness.ready, liveness());
    seconds(1);
    assertEquals(Liveness.suspect, liveness());
  }

  @Test
  void aRestartedControlPlaneGivesEverybodyTime() {
    cluster.ready(node, machine);
    NodeMonitor restarted = cluster.monitorFromStart();
    for (int i = 0; i < 20; i++) {
      cluster.time.advance(NodeMonitor.STEP_EVERY);
      restarted.step();
    }
    assertEquals(Liveness.ready, restarted.liveness(node));
  }

  @Test
  void aRestartedControlPlaneRemembersWhoIsDownUntilItIsHeard() {
    cluster.ready(node, machine);
    seconds(32);
    node = cluster.fresh(node);
    NodeMonitor restarted = cluster.monitorFromStart();
    assertEquals(Liveness.down, restarted.liveness(node));
    String reason = restarted.status(node).livenessReason();
    assertTrue(reason != null && reason.startsWith("No report for 30 s; "), reason);
    restarted.open(node, false, "boot-1", "203.0.113.5");
    assertEquals(Liveness.ready, restarted.liveness(node));
    assertEquals(Liveness.ready, cluster.monitorFromStart().liveness(node));
  }

  @Test
  void aNewSessionEndsTheOldOne() {
    String old = cluster.ready(node, machine);
    open();
    ProblemException ended = assertThrows(ProblemException.class, () -> report(old, 2, List.of()));
    assertEquals("session-ended", ended.problem().type());
    assertEquals(409, ended.problem().status());
  }

  @Test
  void aRebootMustProveItsMeshAgain() {
    cluster.ready(node, machine);
    node = cluster.fresh(node);
    cluster.sessions.open(node, machine.session("boot-2", 0), "203.0.113.5");
    assertEquals(Liveness.pending, liveness());
    node = cluster.fresh(node);
    assertEquals("boot-2", node.bootId());
    cluster.ready(node, machine);
  }

  @Test
  void passesOnOnlyWhatChanged() {
    String session = open();
    assertTrue(report(session, 1, List.of()).changed().isEmpty());
    assertEquals(List.of(running("c-1")), report(session, 2, List.of(running("c-1"))).changed());
    NodeMonitor.Accepted same = report(session, 3, List.of(running("c-1")));
    assertTrue(same.changed().isEmpty() && same.gone().isEmpty());
    assertTrue(report(session, 3, List.of()).gone().isEmpty(), "an overtaken report is no news");
    assertEquals(Set.of("c-1"), report(session, 4, List.of()).gone());
  }

  @Test
  void asksForEverythingUntilItWasTold() {
    String session = open();
    Report quiet = PaperMachine.report(session, 1, true, cluster.time.millis(), null);
    assertTrue(cluster.monitor.report(node, quiet).full());
    assertFalse(report(session, 2, List.of()).full());
    cluster.monitor.forget(node);
    Report again = PaperMachine.report(session, 3, true, cluster.time.millis(), null);
    assertTrue(cluster.monitor.report(node, again).full());
  }

  @Test
  void foreignContainersAreToldOnceAndNeverShown() {
    String session = open();
    report(session, 1, List.of(running("c-1"), running("c-9")));
    cluster.monitor.foreign(node, Set.of("c-9"));
    cluster.monitor.foreign(node, Set.of("c-9"));
    assertEquals(1, cluster.events.stream().filter(e -> e.contains("foreign")).count());
    NodeStatus status = cluster.monitor.status(node);
    assertEquals(List.of(running("c-1")), status.workloads());
    assertTrue(condition(status, "workloads").detail().contains("c-9"));
  }

  private static Condition condition(NodeStatus status, String name) {
    return status.conditions().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void conditionsCountAlsoWhenTheProofOfTheMeshIsAnotherOneInTheSameReport() {
    String session = open();
    cluster.monitor.report(node, proving(session, 1, false, "Docker isn't answering"));
    cluster.monitor.report(node, proving(session, 2, true, ""));
    assertTrue(condition(cluster.monitor.status(node), "mesh").ok());
  }

  private Report proving(String session, long sequence, boolean proven, String wrong) {
    return new Report(
        session,
        sequence,
        1,
        Applied.NONE,
        proven,
        new Usage(0, 1, 1, 0, 0),
        cluster.time.millis(),
        List.of(),
        null,
        List.of(new Condition("mesh", wrong.isEmpty(), wrong)),
        null,
        null,
        null);
  }

  @Test
  void absurdFiguresAreCutAndTold() {
    String session = open();
    Report absurd =
        new Report(
            session,
            1,
            1,
            Applied.NONE,
            true,
            new Usage(-5, Long.MAX_VALUE, -1, Integer.MAX_VALUE, Double.NaN),
            cluster.time.millis() + 3_600_000,
            List.of(),
            null,
            null,
            null,
            null,
            null);
    cluster.monitor.report(node, absurd);
    NodeStatus status = cluster.monitor.status(node);
    assertEquals(new Usage(0, PaperMachine.HOST.memoryBytes(), 0, 10_000, 0), status.usage());
    assertFalse(condition(status, "usage").ok());
    assertTrue(condition(status, "clock").detail().contains("3600 s"));
  }

  private boolean steady() {
    return cluster.monitor.status(node).conditions().stream()
        .allMatch(c -> c.ok() || !c.name().equals(NodeStatus.STEADY));
  }

  @Test
  void aNodeThatIsDownAgainAndAgainIsUnsteadyUntilItHasStayedForAMinute() {
    cluster.ready(node, machine);
    for (int returns = 1; returns <= 4; returns++) {
      seconds(45);
      assertEquals(Liveness.down, liveness());
      cluster.ready(node, machine);
      assertEquals(Liveness.ready, liveness());
      assertEquals(returns < 4, steady());
    }
    cluster.time.advance(Duration.ofSeconds(59));
    assertFalse(steady());
    cluster.time.advance(Duration.ofSeconds(1));
    assertTrue(steady());
  }

  @Test
  void silenceThatIsNoDeathMakesNobodyUnsteady() {
    for (int i = 0; i < 20; i++) {
      cluster.ready(node, machine);
      seconds(5);
      assertEquals(Liveness.suspect, liveness());
    }
    cluster.ready(node, machine);
    assertTrue(steady());
  }

  private void opensAs(long cpuMillis, long memoryBytes, long diskBytes) {
    SessionRequest r = machine.session(0);
    HostFacts h = r.host();
    HostFacts said =
        new HostFacts(
            h.hostname(),
            h.os(),
            h.kernel(),
            h.arch(),
            cpuMillis,
            memoryBytes,
            diskBytes,
            h.dockerVersion(),
            h.wireguard(),
            h.cgroup(),
            h.addresses());
    SessionRequest request =
        new SessionRequest(
            r.contract(),
            r.version(),
            r.bootId(),
            r.epochSeen(),
            r.endpoints(),
            r.wireguardKey(),
            r.wireguardPort(),
            said,
            r.clockMillis());
    cluster.sessions.open(cluster.fresh(node), request, "203.0.113.5");
  }

  @Test
  void anAgentThatTellsNonsenseOfItsSizeStaysInWithTheSizeItHadAndThatIsTold() {
    HostFacts h = PaperMachine.HOST;
    for (long nonsense : new long[] {0, -5, Long.MIN_VALUE, 1L << 62, Long.MAX_VALUE}) {
      opensAs(nonsense, h.memoryBytes(), h.diskBytes());
      assertEquals(h, cluster.fresh(node).host());
      assertEquals(
          "What the agent says of its machine makes no sense: cpuMillis is "
              + nonsense
              + ". What it said before counts on.",
          condition(cluster.monitor.status(node), "capacity").detail());
      opensAs(1_000, h.memoryBytes(), nonsense);
      assertEquals(h, cluster.fresh(node).host());
      opensAs(1_000, nonsense, h.diskBytes());
      assertEquals(h, cluster.fresh(node).host());
    }
    opensAs(1_000, 1L << 30, h.diskBytes());
    assertEquals(1_000, cluster.fresh(node).host().cpuMillis());
    assertTrue(
        cluster.monitor.status(node).conditions().stream()
            .noneMatch(c -> c.name().equals("capacity")));
  }

  @Test
  void twoMachinesWithOneIdentityRingAnAlarm() {
    for (int i = 0; i < 6; i++) {
      cluster.time.advance(Duration.ofSeconds(1));
      String address = i % 2 == 0 ? "203.0.113.5" : "203.0.113.6";
      cluster.sessions.open(cluster.fresh(node), machine.session("b" + i % 2, 0), address);
    }
    assertEquals(1, cluster.events.stream().filter(e -> e.startsWith("node.cloned")).count());
    String detail = condition(cluster.monitor.status(node), "identity").detail();
    assertTrue(detail.contains("203.0.113.5") && detail.contains("203.0.113.6"), detail);
    cluster.time.advance(Duration.ofMinutes(2));
    assertTrue(
        cluster.monitor.status(node).conditions().stream()
            .noneMatch(c -> c.name().equals("identity")));
  }

  @Test
  void restartsOfOneMachineAreNoAlarm() {
    for (int i = 0; i < 10; i++) {
      cluster.time.advance(Duration.ofSeconds(1));
      open();
    }
    assertTrue(cluster.events.stream().noneMatch(e -> e.startsWith("node.cloned")));
  }

  @Test
  void reportsAreSlowedDownInBigClusters() {
    assertEquals(Duration.ofSeconds(1), cluster.monitor.reportEvery());
  }
}
