package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.OperationView;
import dev.temps.contract.json.Json;
import dev.temps.lab.ExecResult;
import dev.temps.lab.LabSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Releases replace each other while users ask, also bad ones, and while a machine loses power. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolloutUnderLoadTest {
  private static final int REDEPLOYS = 10;
  private static final String IMAGE = "registry.temps.test:5000/sample:";

  /** Ends two seconds after the first health check. */
  private static final String SHORT_LIVED =
      "mkfifo /tmp/p; { read a; read b; sleep 2; kill -USR1 1; cat > /dev/null; } < /tmp/p &"
          + " exec /bin/sh /sample.sh > /tmp/p";

  private Cluster cluster;

  @BeforeAll
  void deploy() {
    cluster = Cluster.whole(LabSpec.named("rollout-test"));
    cluster.deploy("web", 2);
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private ExecResult release(int version, String... options) {
    List<String> argv =
        new ArrayList<>(List.of("deploy", "--project", "web", "--image", IMAGE + version));
    argv.addAll(Arrays.asList(options));
    return cluster.temps(argv.toArray(String[]::new));
  }

  private List<OperationView> operations(String kind) {
    return Json.readList(
        OperationView.class,
        cluster.temps("operation", "list", "--kind", kind, "--json").must("operation list"));
  }

  private List<DeploymentView> releases() {
    return Json.readList(
        DeploymentView.class,
        cluster.temps("deployment", "list", "web", "--json").must("deployment list"));
  }

  private boolean settledWithout(String node) {
    List<ContainerView> all = cluster.containers("web");
    return all.size() == 2
        && all.stream().allMatch(c -> c.health().equals("healthy") && !c.node().equals(node));
  }

  @Test
  @Order(1)
  void redeploysAndARestartLoseNoRequestAndAreDoneWhenEveryIngressServesThem() {
    cluster.awaitAnswers("node-3", "web");
    try (Load load = Load.open(cluster.node("node-3"), "web")) {
      for (int i = 0; i < REDEPLOYS; i++) {
        int version = 2 - i % 2;
        release(version).must("release");
        for (String node : List.of("node-1", "node-2", "node-3")) {
          String page = cluster.get(node, "web", "/");
          assertTrue(page.startsWith("sample " + version), node + " right after it: " + page);
        }
      }
      cluster.temps("restart", "web").must("restart");
      load.end();
      assertTrue(load.answered() > 20 * REDEPLOYS, "load ran: " + load.answered());
      assertEquals(List.of(), load.failures(), "requests lost of " + load.answered());
    }
    List<OperationView> all = operations("rollout");
    assertEquals(REDEPLOYS + 1, all.size());
    assertTrue(all.stream().allMatch(o -> o.state().equals("succeeded")), all::toString);
    assertEquals("succeeded", operations("restart").getFirst().state());
  }

  @Test
  @Order(2)
  void aReleaseThatBecomesHealthyAndThenEndsGoesBackToTheOneBefore() {
    String before = cluster.get("node-2", "web", "/").split(" ")[1];
    try (Load load = new Load(cluster.node("node-2"), "web")) {
      ExecResult bad = release(3 - Integer.parseInt(before), "--", "/bin/sh", "-c", SHORT_LIVED);
      assertEquals(1, bad.exit(), bad.stdout() + bad.stderr());
      assertTrue(bad.stderr().contains("failed"), bad.stderr());
      assertTrue(
          bad.stderr().contains("crashing as asked") || bad.stderr().contains("exit code 3"),
          bad.stderr());
      eventually(
          Cluster.SHORT, // the command may hear of it before this ingress does
          "the one before serves",
          () -> cluster.get("node-3", "web", "/").startsWith("sample " + before));
      load.end();
      assertTrue(load.answered() > 10, "load ran");
      assertTrue(load.failed() <= 2, "only what the bad one was about to answer: " + load.failed());
    }
    assertEquals("failed", operations("rollout").getFirst().state());
  }

  @Test
  @Order(3)
  void aReleaseThatIgnoresTheSignalToEndIsStoppedAllTheSame() {
    release(1, "--", "/bin/sh", "-c", "trap '' TERM; exec /bin/sh /sample.sh").must("deaf release");
    release(2, "--", "/bin/sh", "/sample.sh").must("the next release");
    eventually(
        Cluster.LONG,
        "only the two new containers run",
        () ->
            List.of("node-1", "node-2", "node-3").stream()
                    .mapToLong(n ->
                        cluster
                            .node(n)
                            .script("docker ps -q\n", Cluster.SHORT)
                            .stdout()
                            .lines()
                            .count())
                    .sum()
                == 2,
        cluster::state);
  }

  @Test
  @Order(4)
  void aMachineThatLosesPowerInTheMiddleOfARolloutDoesNotKeepItFromEnding() {
    String victim = "node-2";
    cluster.awaitAnswers("node-3", "web");
    try (Load load = new Load(cluster.node("node-3"), "web")) {
      release(1, "--detach").must("release");
      cluster.node(victim).powerOff();
      eventually(
          Cluster.LONG,
          "the release serves with two replicas on the machines that are left",
          () -> releases().getFirst().state().equals("serving") && settledWithout(victim),
          () -> cluster.state() + operations("rollout"));
      load.end();
      assertTrue(load.answered() > 20, "load ran");
      assertEquals(List.of(), load.failures(), "repeatable requests lost of " + load.answered());
    }
    assertEquals("succeeded", operations("rollout").getFirst().state());
    cluster.node(victim).powerOn();
    cluster.awaitLiveness(victim, "ready");
  }

  @Test
  @Order(5)
  void aMachineThatLosesPowerWhileItIsEmptiedIsEmptyInTheEnd() {
    String victim =
        cluster.containers("web").stream()
            .map(ContainerView::node)
            .filter(n -> !n.equals("node-1"))
            .findFirst()
            .orElse("node-3");
    cluster.temps("node", "drain", victim, "--detach").must("drain");
    cluster.node(victim).powerOff();
    eventually(
        Cluster.LONG,
        "the drain has ended and two replicas are healthy elsewhere",
        () -> operations("drain").getFirst().state().equals("succeeded") && settledWithout(victim),
        () -> cluster.state() + operations("drain"));
    cluster.awaitAnswers("node-1", "web");
  }
}
