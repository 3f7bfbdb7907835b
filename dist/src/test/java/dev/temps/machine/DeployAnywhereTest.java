package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.lab.ExecResult;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image runs on any machine, and every machine answers for it. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class DeployAnywhereTest {
  @Test
  void twoReplicasRunOnTwoMachinesAndAllThreeAnswer(Cluster cluster) {
    cluster.deploy("web", 2);
    assertEquals(
        2,
        cluster.containers("web").stream()
            .map(ContainerView::node)
            .collect(Collectors.toSet())
            .size());
    for (String node : List.of("node-1", "node-2", "node-3")) {
      cluster.awaitAnswers(node, "web");
    }
  }

  @Test
  void anAppGoesToTheNodeTheOperatorNames(Cluster cluster) {
    cluster.deploy("pinned", 2, "--node", "node-3");
    assertTrue(cluster.containers("pinned").stream().allMatch(c -> c.node().equals("node-3")));
    cluster.awaitAnswers("node-1", "pinned");
  }

  @Test
  void labelsAreRequiredAndAvoided(Cluster cluster) {
    cluster.temps("node", "label", "node-2", "disk=fast").must("label");
    cluster.deploy("needs", 1, "--require", "disk=fast");
    cluster.deploy("avoids", 2, "--avoid", "disk=fast");
    assertEquals("node-2", cluster.containers("needs").getFirst().node());
    assertTrue(cluster.containers("avoids").stream().noneMatch(c -> c.node().equals("node-2")));
  }

  @Test
  void aRequestThatFitsNowhereSaysWhatIsShortAndStartsNothing(Cluster cluster) {
    ExecResult refused =
        cluster.temps(
            "deploy",
            "--project",
            "huge",
            "--image",
            "registry.temps.test:5000/sample:1",
            "--memory",
            "900G");
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("short"), refused.stderr());
    assertTrue(cluster.temps("ps", "--json").stdout().indexOf("huge") < 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "$(id)", "a\nb", "🙂", "-x", "UPPER", ""})
  void namesThatAreNoNamesAreRefusedInWords(String name, Cluster cluster) {
    ExecResult refused =
        cluster.temps(
            "deploy", "--project=" + name, "--image", "registry.temps.test:5000/sample:1");
    assertTrue(refused.exit() == 1 || refused.exit() == 2, refused.stderr());
    assertFalse(refused.stderr().contains("\tat "), refused.stderr());
  }

  @Test
  void anImageThatIsNotThereIsRefusedByName(Cluster cluster) {
    ExecResult refused =
        cluster.temps(
            "deploy", "--project", "ghost", "--image", "registry.temps.test:5000/no-such:9");
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("no-such"), refused.stderr());
  }

  @Test
  void aNewReleaseReplacesTheOldOneWithoutALostRequest(Cluster cluster) {
    cluster.deploy("roll", 2);
    cluster.awaitAnswers("node-3", "roll");
    try (Load load = new Load(cluster.node("node-3"), "roll")) {
      cluster
          .temps(
              "deploy",
              "--project",
              "roll",
              "--image",
              "registry.temps.test:5000/sample:2",
              "--health",
              "/healthz",
              "--port",
              "8080")
          .must("second release");
      eventually(
          Cluster.LONG,
          "only the new release runs",
          () ->
              cluster.containers("roll").stream().allMatch(c -> c.image().contains("sample"))
                  && cluster.containers("roll").size() == 2,
          cluster::state);
      load.end();
      assertTrue(load.answered() > 20, "load ran");
      assertEquals(List.of(), load.failures());
    }
  }

  @Test
  void scaleStopStartAndRemoveWorkOnEveryMachine(Cluster cluster) {
    cluster.deploy("steer", 1);
    cluster.temps("scale", "steer", "3").must("scale");
    eventually(
        Cluster.LONG,
        "three replicas on three machines",
        () ->
            cluster.containers("steer").stream()
                    .filter(c -> c.health().equals("healthy"))
                    .map(ContainerView::node)
                    .distinct()
                    .count()
                == 3,
        cluster::state);
    cluster.temps("stop", "steer", "--yes").must("stop");
    eventually(
        Cluster.LONG,
        "nothing answers",
        () -> cluster.get("node-2", "steer", "/").endsWith(" 503"),
        cluster::state);
    cluster.temps("start", "steer").must("start");
    cluster.awaitAnswers("node-2", "steer");
    cluster.temps("remove", "steer", "--yes").must("remove");
    eventually(
        Cluster.LONG,
        "the name is unknown again",
        () -> cluster.get("node-2", "steer", "/").endsWith(" 404"),
        cluster::state);
  }
}
