package dev.temps.agent;

import static dev.temps.kit.testing.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.status.AgentStatus;
import dev.temps.agent.status.StatusFile;
import dev.temps.agent.testing.FakeControl;
import dev.temps.agent.testing.TestCa;
import dev.temps.agent.testing.TestNode;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.Report;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TestCa ca = new TestCa("k-test");
  private final FakeParts parts = new FakeParts();
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir Path temp;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private AgentFolder folder() {
    return new AgentFolder(temp.resolve("agent"));
  }

  private StatusFile status() {
    return new StatusFile(temp.resolve("status.json"), Time.system());
  }

  private Agent start(String control) throws IOException {
    NodeIdentity identity = TestNode.join(folder(), ca, List.of(control));
    AgentConfig config =
        new AgentConfig(folder(), temp.resolve("status.json"), Path.of("/"), "1.2.3");
    Agent agent = Agent.start(config, identity, parts, Time.system());
    open.add(agent);
    return agent;
  }

  private FakeControl control() {
    FakeControl control = new FakeControl(ca);
    open.add(control);
    return control;
  }

  private static Assignment assignment(String control, long revision) {
    PeerSpec peer =
        new PeerSpec(
            "n-2",
            "worker-2",
            "key",
            "10.208.0.3",
            "10.208.18.0/24",
            List.of(),
            "10.208.18.2",
            0,
            true,
            null,
            null);
    return new Assignment(
        "k-test",
        1,
        List.of(control),
        new Assignment.Workloads(revision, "h", List.of(), null),
        new Assignment.Peers(revision, "h", TestNode.MESH, List.of(peer), null),
        new Assignment.Routes(revision, "h", true, "temps.test", List.of()),
        null,
        null,
        new Assignment.Names(revision, "h", List.of()));
  }

  @Test
  void withTheControlPlaneAwayThePartsFollowTheJournal() throws Exception {
    folder().create();
    Journal.open(folder().assignment(), Time.system()).accept(assignment("https://127.0.0.1:1", 7));
    start("https://127.0.0.1:1");
    eventually(
        SOON,
        "all parts applied what stands in the journal",
        () ->
            parts.workloads.applied == 7
                && parts.mesh.applied == 7
                && parts.names.applied == 7
                && parts.ingress.applied == 7);
    eventually(
        SOON,
        "the status says what is the matter",
        () -> status().read().orElseThrow().away().contains("Connection refused"));
  }

  @Test
  void newsAreAppliedReportedAndShownInTheStatus() throws Exception {
    FakeControl control = control();
    control.assign(assignment(control.url(), 3));
    start(control.url());
    eventually(
        SOON,
        "revision 3 is reported as applied",
        () ->
            control.lastReport().applied().workloads() == 3
                && control.lastReport().applied().peers() == 3
                && control.lastReport().applied().routes() == 3
                && Objects.equals(control.lastReport().applied().names(), 3L));
    assertEquals("userspace", control.sessions.getFirst().host().wireguard());
    assertEquals("1.2.3", control.sessions.getFirst().version());

    parts.proven = true;
    parts.listener.run();
    eventually(SOON, "ready", () -> status().read().orElseThrow().ready());
    AgentStatus status = status().read().orElseThrow();
    assertEquals("worker-2", status.peers().getFirst().name());
    assertEquals(control.url(), status.control());
  }

  @Test
  void aPartThatFailsIsAConditionAndTheOthersAndTheReportsGoOn() throws Exception {
    FakeControl control = control();
    control.assign(assignment(control.url(), 3));
    parts.ingress.broken = "HAProxy does not answer";
    start(control.url());
    eventually(
        SOON,
        "the condition is reported",
        () -> control.reports.stream().anyMatch(AgentTest::ingressIsDown));
    eventually(SOON, "the mesh goes on", () -> control.lastReport().applied().peers() == 3);
    parts.ingress.broken = null;
    eventually(SOON, "it recovers by itself", () -> control.lastReport().applied().routes() == 3);
    assertTrue(
        status().read().orElseThrow().conditions().stream()
            .noneMatch(c -> c.name().equals("identity") && !c.ok()));
  }

  private static boolean ingressIsDown(Report report) {
    return report.conditions() != null
        && requireNonNull(report.conditions()).stream()
            .anyMatch(c -> !c.ok() && c.name().equals("ingress") && c.detail().contains("HAProxy"));
  }

  @Test
  void theAgentApiIsTriedUntilItsAddressIsThere() throws Exception {
    start(control().url());
    eventually(SOON, "a third try", () -> parts.served.get() >= 3);
  }

  @Test
  void closingEndsTheLoops() throws Exception {
    Agent agent = start(control().url());
    agent.close();
    open.remove(agent);
    assertTrue(parts.started);
    assertTrue(parts.closed);
  }

  @Test
  void aSecondAgentOnOneFolderIsRefused() throws Exception {
    start(control().url());
    ProblemException refused =
        assertThrows(ProblemException.class, () -> start("https://127.0.0.1:1"));
    assertEquals("agent-running", refused.problem().type());
  }
}
