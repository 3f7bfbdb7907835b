package dev.temps.agent.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.status.AgentStatus;
import dev.temps.agent.status.StatusFile;
import dev.temps.contract.agent.Condition;
import dev.temps.kit.ProblemException;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyWaitTest {
  private final FakeTime time = new FakeTime();
  @TempDir Path temp;

  private static AgentStatus status(long pid, boolean ready, String refusedType, String mesh) {
    return new AgentStatus(
        pid,
        "n-1",
        "w",
        "1",
        ready,
        ready,
        "s",
        "https://h:8443",
        "",
        refusedType.isEmpty() ? "" : "removed by a person",
        refusedType,
        List.of(new Condition("mesh", mesh.isEmpty(), mesh)),
        List.of(),
        1);
  }

  private ProblemException waitFor(AgentStatus status, List<String> said) throws IOException {
    StatusFile file = new StatusFile(temp.resolve("s.json"), time);
    file.write(status);
    return assertThrows(
        ProblemException.class,
        () -> new ReadyWait(file, pid -> pid == 1, time).await("n-1", said::add));
  }

  @Test
  void afterAMinuteItSaysWhatIsMissing() throws IOException {
    List<String> said = new ArrayList<>();
    ProblemException late = waitFor(status(1, false, "", "no handshake with worker-2"), said);
    assertEquals("not-ready", late.problem().type());
    assertTrue(late.problem().detail().contains("no handshake with worker-2"));
    assertEquals(List.of("waiting for mesh: no handshake with worker-2"), said);
  }

  @Test
  void whatADeadAgentLeftDoesNotCount() throws IOException {
    ProblemException late = waitFor(status(2, true, "", ""), new ArrayList<>());
    assertTrue(late.problem().detail().contains("the agent to start"));
  }

  @Test
  void aRemovedNodeIsToldAtOnce() throws IOException {
    ProblemException removed = waitFor(status(1, false, "node-removed", ""), new ArrayList<>());
    assertEquals("node-removed", removed.problem().type());
  }

  @Test
  void everyStageHasItsWords() {
    assertEquals("the agent to start", ReadyWait.missing(Optional.empty()));
    assertEquals("the mesh to be proven", ReadyWait.missing(Optional.of(status(1, false, "", ""))));
  }
}
