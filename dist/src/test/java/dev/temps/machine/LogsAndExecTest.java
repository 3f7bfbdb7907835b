package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.api.AppTraffic;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.json.Json;
import dev.temps.lab.ExecResult;
import java.io.BufferedReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logs and commands reach a container wherever it runs. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class LogsAndExecTest {
  @Test
  void logsOfAllReplicasComeTogetherWithTheirSource(Cluster cluster) {
    cluster.deploy("talk", 2);
    cluster.awaitAnswers("node-1", "talk");
    eventually(
        Cluster.SHORT,
        "both replicas have logged",
        () -> {
          cluster.get("node-1", "talk", "/");
          String out = cluster.temps("logs", "talk", "--tail", "50").stdout();
          return out.contains("talk-1") && out.contains("talk-2");
        });
  }

  @Test
  void followedLogsArriveWhileTheyHappen(Cluster cluster) throws Exception {
    cluster.deploy("follow", 1, "--node", "node-2");
    Process following =
        cluster
            .node("node-1")
            .program(List.of("temps", "logs", "follow", "-f", "--tail", "0"))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = following.inputReader()) {
      eventually(
          Cluster.LONG,
          "a line of a request made after following began",
          () -> {
            cluster.get("node-3", "follow", "/");
            return lines.ready() && lines.readLine() != null;
          });
    } finally {
      following.destroy();
    }
  }

  @Test
  void aCommandRunsInTheContainerAndItsExitCodeComesBack(Cluster cluster) {
    cluster.deploy("shell", 1, "--node", "node-3");
    ContainerView container = cluster.containers("shell").getFirst();
    ExecResult host = cluster.temps("exec", "shell", "--", "hostname");
    assertEquals(container.id(), host.stdout().strip(), host.stderr());
    assertEquals(7, cluster.temps("exec", "shell", "--", "sh", "-c", "exit 7").exit());
  }

  @Test
  void inputReachesTheCommand(Cluster cluster) {
    cluster.deploy("stdin", 1, "--node", "node-2");
    ExecResult echoed =
        cluster
            .node("node-1")
            .execWithInput(
                List.of("temps", "exec", "stdin", "--", "cat"),
                "through two machines",
                Cluster.LONG);
    assertEquals("through two machines", echoed.stdout());
  }

  @Test
  void figuresOfAReplicaComeFromItsOwnMachine(Cluster cluster) {
    cluster.deploy("figures", 1, "--node", "node-3", "--memory", "96m");
    ExecResult read = cluster.temps("stats", "figures", "--json");
    WorkloadStats figures = Json.readList(WorkloadStats.class, read.stdout()).getFirst();
    assertTrue(figures.memoryBytes() > 0, read.stdout());
    assertEquals(96L << 20, figures.memoryLimitBytes(), read.stdout());
    assertTrue(figures.processes() > 0, read.stdout());
    assertTrue(figures.receivedBytes() > 0, read.stdout());
  }

  @Test
  void requestsAreCountedAndLoggedByTheMachineThatAnswered(Cluster cluster) {
    cluster.deploy("asked", 2);
    cluster.awaitAnswers("node-1", "asked");
    for (String node : List.of("node-1", "node-2", "node-3")) {
      cluster.get(node, "asked", "/from/" + node);
    }
    eventually(
        Cluster.SHORT,
        "each machine has logged what it answered",
        () -> {
          String log = cluster.temps("logs", "asked", "--access").stdout();
          return Stream.of("node-1", "node-2", "node-3")
              .allMatch(node -> log.matches("(?s).*" + node + " \\|[^\n]*/from/" + node + " .*"));
        });
    eventually(
        Cluster.LONG,
        "the figures of all three are there",
        () -> {
          String read = cluster.temps("stats", "asked", "--requests", "--json").stdout();
          AppTraffic traffic = Json.read(AppTraffic.class, read);
          return traffic.nodes().size() == 3 && traffic.total().p99Millis() != null;
        });
  }

  @Test
  void whatIsNotThereIsSaidInOneLine(Cluster cluster) {
    ExecResult refused = cluster.temps("logs", "nobody");
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("nobody"), refused.stderr());
    assertEquals(1, refused.stderr().strip().lines().count(), refused.stderr());
  }
}
