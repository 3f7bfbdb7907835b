package dev.temps.agent.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.host.PortOwners;
import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.agent.status.AgentStatus;
import dev.temps.agent.status.StatusFile;
import dev.temps.agent.testing.TestCa;
import dev.temps.agent.testing.TestNode;
import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.testing.FakeUnits;
import dev.temps.contract.agent.Condition;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private final FakeTime time = new FakeTime();
  private final FakeMachine machine = new FakeMachine();
  private final FakeUnits units = new FakeUnits();
  @TempDir Path temp;

  private AgentFolder folder() {
    return new AgentFolder(temp.resolve("agent"));
  }

  private StatusFile status() {
    return new StatusFile(temp.resolve("status.json"), time);
  }

  private Checkup checkup() {
    JoinGround ground =
        new JoinGround(
            folder(),
            status(),
            machine,
            new PortOwners(temp),
            units,
            () -> new EngineInfo("20.10.24", "1.41", "amd64"),
            pid -> pid == 1,
            Path.of("/"));
    return new Doctor(ground, time).checkup();
  }

  private List<String> bad() {
    return checkup().findings().stream().filter(f -> !f.ok()).map(Finding::what).toList();
  }

  private void node(String away, List<Condition> conditions, boolean reachable) throws IOException {
    TestNode.join(folder(), new TestCa("k-test"), List.of("https://10.0.0.1:8443"));
    units.ensure(UnitSpec.always(Join.UNIT, List.of("/opt/temps/bin/temps", "agent")));
    AgentStatus.Peer peer =
        new AgentStatus.Peer("w-2", "10.208.0.3", true, reachable, 10, 700, "192.0.2.3:51820");
    status()
        .write(
            new AgentStatus(
                1,
                "n-1",
                "worker-1",
                "1",
                true,
                true,
                "s-1",
                "https://10.0.0.1:8443",
                away,
                "",
                "",
                conditions,
                List.of(peer),
                time.millis()));
  }

  @Test
  void aMachineThatIsNoNodeIsToldWhatIsMissingToBecomeOne() {
    machine.programs.remove("haproxy");
    assertNull(checkup().node());
    assertEquals(List.of("haproxy"), bad());
  }

  @Test
  void aHealthyNodeHasNothingToMend() throws IOException {
    node("", List.of(new Condition("mesh", true, "")), true);
    assertEquals("worker-1", checkup().node());
    assertEquals(0, checkup().bad(), checkup().toString());
  }

  @Test
  void whatTheAgentKnowsIsTold() throws IOException {
    node("nobody answers", List.of(new Condition("mesh", false, "no handshake")), false);
    assertEquals(List.of("control plane", "node's mesh", "path to w-2"), bad());
  }

  @Test
  void anAgentThatDoesNotRunOrIsStuckIsFound() throws IOException {
    node("", List.of(), true);
    time.advance(Duration.ofMinutes(1));
    assertEquals(List.of("agent"), bad());
    units.stop(Join.UNIT);
    assertEquals(List.of("agent"), bad());
    assertTrue(checkup().findings().toString().contains("does not run"));
  }
}
