package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.NodeView;
import dev.temps.lab.ExecResult;
import dev.temps.lab.LabSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** All machines get another release under load; one that does not work gives way by itself. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeTest {
  private static final Duration UPGRADE_LIMIT = Duration.ofMinutes(6);
  private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

  @TempDir private Path folder = Path.of("");
  private Cluster cluster;

  @BeforeAll
  void deploy() {
    cluster = Cluster.whole(LabSpec.named("upgrade-test"));
    cluster.deploy("web", 3);
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private ExecResult upgrade(Path archive, String... more) {
    OtherRelease.put(cluster.node("node-1"), archive, "/root/release.tar.gz");
    List<String> argv =
        new java.util.ArrayList<>(
            List.of("temps", "upgrade", "--file", "/root/release.tar.gz", "--yes"));
    argv.addAll(List.of(more));
    return cluster.node("node-1").exec(argv, UPGRADE_LIMIT);
  }

  private Map<String, String> versions() {
    return cluster.nodes().stream()
        .collect(Collectors.toMap(NodeView::name, NodeView::agentVersion));
  }

  private Map<String, Long> starts() {
    return cluster.containers("web").stream()
        .collect(Collectors.toMap(ContainerView::id, ContainerView::startedAtMillis));
  }

  @Test
  @Order(1)
  void aWholeClusterIsUpgradedWithoutALostRequestOrARestartedContainer() {
    NODES.forEach(n -> cluster.awaitAnswers(n, "web"));
    Map<String, Long> before = starts();
    Path next = OtherRelease.next(folder, "9.0.0");
    try (Load one = new Load(cluster.node("node-1"), "web");
        Load two = new Load(cluster.node("node-2"), "web");
        Load three = new Load(cluster.node("node-3"), "web")) {
      ExecResult done = upgrade(next);
      assertEquals(0, done.exit(), done.stderr());
      for (Load load : List.of(one, two, three)) {
        load.end();
        assertTrue(load.answered() > 50, "load ran: " + load.answered());
        assertEquals(List.of(), load.failures(), "requests lost while machines were upgraded");
      }
    }
    assertEquals(Map.of("node-1", "9.0.0", "node-2", "9.0.0", "node-3", "9.0.0"), versions());
    assertEquals(before, starts(), "no container may restart");
    assertTrue(cluster.temps("status").stdout().contains("temps 9.0.0"));
    assertTrue(cluster.temps("operation", "list").stdout().contains("succeeded"));
  }

  @Test
  @Order(2)
  void aReleaseWhoseAgentCannotStartGivesWayToTheOldOneByItself() {
    ExecResult failed = upgrade(OtherRelease.broken(folder, "9.0.1"));
    assertEquals(1, failed.exit(), failed.stdout());
    assertTrue(failed.stderr().contains("node-1 went back"), failed.stderr());
    assertTrue(failed.stderr().contains("this agent is broken"), failed.stderr());
    cluster.awaitLiveness("node-1", "ready");
    assertEquals(Map.of("node-1", "9.0.0", "node-2", "9.0.0", "node-3", "9.0.0"), versions());
    cluster.deploy("after", 1); // the control plane takes changes again
  }

  @Test
  @Order(3)
  void anUpgradeGoesOnThoughControlPlaneAndAgentAreKilledOnTheWay() {
    ExecResult begun = upgrade(OtherRelease.next(folder, "9.1.0"), "--detach");
    assertEquals(0, begun.exit(), begun.stderr());
    kill("node-1", "temps-control");
    kill("node-1", "temps-agent");
    eventually(
        UPGRADE_LIMIT,
        "the control plane's machine runs the next release",
        () -> reached("node-1"),
        cluster::state);
    kill("node-2", "temps-agent");
    eventually(UPGRADE_LIMIT, "all machines do", () -> NODES.stream().allMatch(this::reached));
    eventually(Cluster.SHORT, "the upgrade has ended well", this::lastUpgradeSucceeded);
  }

  private boolean lastUpgradeSucceeded() {
    ExecResult list = cluster.temps("operation", "list");
    return list.stdout()
        .lines()
        .filter(l -> l.contains("upgrade"))
        .findFirst()
        .filter(l -> l.contains("succeeded"))
        .isPresent();
  }

  private boolean reached(String node) {
    ExecResult list = cluster.temps("node", "list");
    return list.exit() == 0
        && list.stdout().lines().anyMatch(l -> l.startsWith(node) && l.contains("9.1.0"));
  }

  /** Kills a program; one that is just being started is caught as soon as it runs. */
  private void kill(String node, String unit) {
    String pid = "/run/temps/units/" + unit + "/pid";
    eventually(
        Cluster.SHORT,
        unit + " of " + node + " is killed",
        () ->
            cluster
                    .node(node)
                    .script("kill -9 $(cut -d' ' -f1 " + pid + ")\n", Cluster.SHORT)
                    .exit()
                == 0);
  }

  @Test
  @Order(4)
  void aStepBackAndADamagedArchiveAreRefusedInWords() {
    ExecResult older = upgrade(Cluster.release().toAbsolutePath());
    assertEquals(1, older.exit());
    assertTrue(older.stderr().contains("not put back to an older release"), older.stderr());
    ExecResult damaged =
        cluster
            .node("node-1")
            .script(
                """
                head -c 5000000 /root/release.tar.gz >/root/half.tar.gz
                temps upgrade --file /root/half.tar.gz --yes
                """,
                Cluster.LONG);
    assertEquals(1, damaged.exit());
    assertTrue(damaged.stderr().contains("It is damaged"), damaged.stderr());
  }
}
