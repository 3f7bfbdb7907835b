package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.lab.ExecResult;
import dev.temps.lab.LabSpec;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A machine is emptied under load, made active again, and a dead one is taken out for good. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrainAndRemoveTest {
  private Cluster cluster;

  @BeforeAll
  void deploy() {
    cluster = Cluster.whole(LabSpec.named("drain-test"));
    cluster.deploy("web", 4);
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private List<String> on(String node) {
    return cluster.containers("web").stream()
        .filter(c -> c.node().equals(node))
        .map(ContainerView::name)
        .toList();
  }

  @Test
  @Order(1)
  void aDrainedMachineIsEmptyAndNoRequestIsLost() {
    cluster.awaitAnswers("node-3", "web");
    assertTrue(!on("node-2").isEmpty(), cluster::state);
    try (Load load = new Load(cluster.node("node-3"), "web")) {
      ExecResult drained = cluster.temps("node", "drain", "node-2", "--deadline", "3m");
      assertEquals(0, drained.exit(), drained.stderr());
      load.end();
      assertTrue(load.answered() > 20, "load ran");
      assertEquals(List.of(), load.failures(), "requests lost while a machine was drained");
    }
    assertEquals(List.of(), on("node-2"));
    assertEquals(4, cluster.containers("web").size());
    assertTrue(cluster.temps("node", "list").stdout().contains("drained"));
  }

  @Test
  @Order(2)
  void anUndrainedMachineTakesReplicasAgain() {
    assertEquals(0, cluster.temps("node", "undrain", "node-2").exit());
    assertEquals(0, cluster.temps("scale", "web", "6").exit());
    eventually(Cluster.LONG, "it has some", () -> !on("node-2").isEmpty(), cluster::state);
  }

  @Test
  @Order(3)
  void aLivingMachineIsNotRemovedByForceAndADeadOneIs() {
    ExecResult refused = cluster.temps("node", "remove", "node-3", "--force", "--yes");
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("drain"), refused.stderr());
    cluster.node("node-3").powerOff();
    cluster.awaitLiveness("node-3", "suspect");
    ExecResult removed = cluster.temps("node", "remove", "node-3", "--force", "--yes");
    assertEquals(0, removed.exit(), removed.stderr());
    eventually(
        Cluster.LONG,
        "six replicas are healthy on two machines",
        () ->
            cluster.containers("web").size() == 6
                && cluster.containers("web").stream().allMatch(c -> c.health().equals("healthy")),
        cluster::state);
    assertEquals(List.of(), on("node-3"));
    cluster.node("node-3").powerOn();
    eventually(
        Cluster.LONG,
        "the removed machine is refused and told why",
        () ->
            cluster
                .node("node-3")
                .script("cat /run/temps/agent-status.json\n", Cluster.SHORT)
                .stdout()
                .contains("node-removed"),
        cluster::state);
  }
}
