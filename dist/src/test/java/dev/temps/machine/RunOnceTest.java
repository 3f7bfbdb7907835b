package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.lab.ExecResult;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands in containers of their own: made like the app, gone with their caller. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class RunOnceTest {
  private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

  /** Ids of the containers for one command that a machine has, running or not. */
  private static String once(Cluster cluster, String node) {
    return cluster
        .node(node)
        .exec(List.of("docker", "ps", "-aq", "--filter", "label=temps.once"), Cluster.SHORT)
        .must("docker ps on " + node)
        .strip();
  }

  private static void awaitNothingLeft(Cluster cluster) {
    eventually(
        Cluster.LONG,
        "no machine has a container of one command",
        () -> NODES.stream().allMatch(node -> once(cluster, node).isEmpty()),
        cluster::state);
  }

  @Test
  void aCommandHasTheAppsImageVariablesAndNetworkAndItsExitCodeComesBack(Cluster cluster) {
    cluster.deploy("once", 1, "--node", "node-2", "--env", "COLOUR=red", "--memory", "96m");
    ContainerView app = cluster.containers("once").getFirst();
    String address = Objects.requireNonNull(app.address()).replaceAll(":.*", "");
    ExecResult ran =
        cluster.temps(
            "run",
            "once",
            "--",
            "sh",
            "-c",
            "echo $COLOUR; hostname; nc -w 5 " + address + " 8080 </dev/null && exit 7");
    assertEquals(7, ran.exit(), ran.stderr());
    List<String> lines = ran.stdout().lines().toList();
    assertEquals("red", lines.getFirst());
    assertTrue(lines.get(1).startsWith("run-"), ran.stdout());
    awaitNothingLeft(cluster);
    assertEquals(1, cluster.containers("once").size(), "it is no replica of the app");
  }

  @Test
  void inputReachesTheCommandAndALimitEndsIt(Cluster cluster) {
    cluster.deploy("filter", 1, "--node", "node-3");
    ExecResult echoed =
        cluster
            .node("node-1")
            .execWithInput(
                List.of("temps", "run", "filter", "--", "cat"),
                "through two machines",
                Cluster.LONG);
    assertEquals("through two machines", echoed.stdout(), echoed.stderr());
    ExecResult limited = cluster.temps("run", "filter", "--timeout", "2s", "--", "sleep", "1000");
    assertEquals(1, limited.exit());
    assertTrue(limited.stderr().contains("longer than its limit of 2 s"), limited.stderr());
    awaitNothingLeft(cluster);
  }

  @Test
  void itEndsWithItsCallerAndWithItsAgent(Cluster cluster) throws Exception {
    cluster.deploy("leave", 1, "--node", "node-2");
    Process caller = begin(cluster);
    caller.destroyForcibly();
    awaitNothingLeft(cluster);
    caller = begin(cluster);
    cluster
        .node("node-2")
        .script("kill -9 $(cut -d' ' -f1 /run/temps/units/temps-agent/pid)\n", Cluster.SHORT)
        .must("kill of the agent");
    awaitNothingLeft(cluster);
    assertTrue(caller.waitFor(Cluster.LONG), "the caller is told");
    assertEquals(1, caller.exitValue());
    cluster.awaitLiveness("node-2", "ready");
  }

  private static Process begin(Cluster cluster) throws Exception {
    Process caller =
        cluster
            .node("node-1")
            .program(List.of("temps", "run", "leave", "-T", "--", "sleep", "1000"))
            .start();
    eventually(Cluster.LONG, "it runs", () -> !once(cluster, "node-2").isEmpty(), cluster::state);
    return caller;
  }

  @Test
  void anAppWithAVolumeIsRefusedInWords(Cluster cluster) {
    cluster.deploy("kept", 1, "--volume", "data:/data");
    ExecResult refused = cluster.temps("run", "kept", "--", "true");
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("one writer"), refused.stderr());
    assertTrue(refused.stderr().contains("temps exec kept"), refused.stderr());
  }
}
