package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.lab.LabSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A machine loses power, and comes back on the disk it had. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PowerOffAndRebootTest {
  private Cluster cluster;

  @BeforeAll
  void deploy() {
    cluster = Cluster.whole(LabSpec.named("power-test"));
    cluster.deploy("web", 2, "--avoid", "none=here");
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private Set<String> ids() {
    return cluster.containers("web").stream().map(ContainerView::id).collect(Collectors.toSet());
  }

  @Test
  void aWorkerWithoutPowerIsShownAsDownAndItsReplicaServesElsewhere() {
    String victim =
        cluster.containers("web").stream()
            .map(ContainerView::node)
            .filter(n -> !n.equals("node-1"))
            .findFirst()
            .orElseThrow();
    String survivor = victim.equals("node-2") ? "node-3" : "node-2";
    cluster.awaitAnswers(survivor, "web");
    try (Load load = new Load(cluster.node(survivor), "web")) {
      cluster.node(victim).powerOff();
      cluster.awaitLiveness(victim, "suspect");
      cluster.awaitLiveness(victim, "down");
      eventually(
          Cluster.LONG,
          "two replicas are healthy on the machines that are left",
          () -> settledWithout(victim),
          cluster::state);
      Set<String> elsewhere = ids();
      cluster.node(victim).powerOn();
      cluster.awaitLiveness(victim, "ready");
      eventually(
          Cluster.LONG,
          "the machine has stopped what is no longer its own",
          () ->
              cluster.node(victim).script("docker ps -q\n", Cluster.SHORT).stdout().isBlank()
                  && settledWithout(victim),
          cluster::state);
      load.end();
      assertTrue(load.answered() > 50, "load ran");
      assertEquals(
          List.of(), load.failures(), "repeatable requests lost while a machine had no power");
      assertEquals(elsewhere, ids(), "what moved stays where it is");
    }
  }

  private boolean settledWithout(String node) {
    List<ContainerView> all = cluster.containers("web");
    return all.size() == 2
        && all.stream().allMatch(c -> c.health().equals("healthy") && !c.node().equals(node));
  }

  @Test
  void theControlPlanesMachineComesBackByItself() {
    cluster.awaitAnswers("node-2", "web");
    cluster.node("node-1").powerOff();
    cluster.node("node-1").powerOn();
    for (String node : List.of("node-1", "node-2", "node-3")) {
      cluster.awaitLiveness(node, "ready");
      cluster.awaitAnswers(node, "web");
    }
  }
}
