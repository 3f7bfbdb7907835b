package dev.temps.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.temps.lab.ExecResult;
import dev.temps.lab.LabSpec;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Release;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The previous release and this one in one cluster, both ways round. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MixedVersionsTest {
  private static final String THIS = "/root/release.tar.gz";

  private Cluster cluster;

  @BeforeAll
  void previousControlPlaneAndOneAgentOfEach() {
    String previous = System.getenv("TEMPS_PREVIOUS");
    assumeTrue(previous != null && !previous.isEmpty(), "no release before this one was built");
    cluster = Cluster.serving(LabSpec.named("mixed-test"), Path.of(String.valueOf(previous)));
    cluster.join(cluster.node("node-3")).must("the previous release joins");
    Machine second = cluster.node("node-2");
    new Release(Cluster.release()).install(cluster.lab, second);
    String token = cluster.invite().token();
    second
        .execWithInput(
            List.of("temps", "join", cluster.serving.url(), "--token-file", "-"),
            token,
            Cluster.LONG)
        .must("this release joins");
    cluster.deploy("web", 3);
  }

  @AfterAll
  void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private void allReady() {
    for (String node : List.of("node-1", "node-2", "node-3")) {
      cluster.awaitLiveness(node, "ready");
      cluster.awaitAnswers(node, "web");
    }
  }

  @Test
  @Order(1)
  void thisReleasesAgentIsReadyUnderThePreviousControlPlane() {
    allReady();
  }

  @Test
  @Order(2)
  void theControlPlaneIsUpgradedUnderLoadAndThePreviousAgentIsReadyUnderIt() {
    OtherRelease.put(cluster.node("node-1"), Cluster.release(), THIS);
    try (Load load = new Load(cluster.node("node-3"), "web")) {
      install("node-1");
      allReady();
      load.end();
      assertEquals(
          List.of(), load.failures(), "requests lost while the control plane was upgraded");
    }
    ExecResult early = cluster.temps("upgrade", "--file", THIS, "--yes");
    assertEquals(1, early.exit());
    assertTrue(early.stderr().contains("install --file"), early.stderr());
  }

  @Test
  @Order(3)
  void thePreviousAgentIsUpgradedUnderLoad() {
    OtherRelease.put(cluster.node("node-3"), Cluster.release(), THIS);
    try (Load load = new Load(cluster.node("node-1"), "web")) {
      install("node-3");
      allReady();
      load.end();
      assertEquals(List.of(), load.failures(), "requests lost while an agent was upgraded");
    }
  }

  private void install(String node) {
    cluster
        .node(node)
        .script(
            "mkdir -p /root/fresh && tar -xzf "
                + THIS
                + " -C /root/fresh && /root/fresh/temps/bin/temps install --file "
                + THIS
                + "\n",
            Cluster.LONG)
        .must("temps install on " + node);
  }
}
