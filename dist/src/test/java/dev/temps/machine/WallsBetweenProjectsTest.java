package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.lab.ExecResult;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real containers of two projects: neighbours on one machine, and on two. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class WallsBetweenProjectsTest {
  private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

  private static String address(Cluster cluster, String app) {
    ContainerView one = cluster.containers(app).getFirst();
    return Objects.requireNonNull(one.address(), "a running replica has an address")
        .replaceAll(":.*", "");
  }

  /** Whether the app's only container on that machine can connect to an address. */
  private static boolean reaches(Cluster cluster, String node, String app, String address) {
    String container = "$(docker ps -q --filter label=temps.app=" + app + ")";
    String script = "docker exec " + container + " nc -w 2 " + address + " 8080 </dev/null\n";
    return cluster.node(node).script(script, Cluster.SHORT).ok();
  }

  private static void deployTwice(Cluster cluster, String project) {
    cluster.deploy(project, 1, "--node", "node-2");
    cluster.deploy(project, 1, "--environment", "far", "--node", "node-3");
  }

  @Test
  void projectsTalkOnlyWhileTheyAreLinkedAndEveryIngressReachesAll(Cluster cluster) {
    deployTwice(cluster, "shop");
    deployTwice(cluster, "blog");
    String own = address(cluster, "shop-far");
    String neighbour = address(cluster, "blog");
    String far = address(cluster, "blog-far");
    assertTrue(reaches(cluster, "node-2", "shop", own), "its own project on another machine");
    assertFalse(reaches(cluster, "node-2", "shop", neighbour), "a neighbour of another project");
    assertFalse(reaches(cluster, "node-2", "shop", far), "another project's on another machine");
    for (String node : NODES) {
      cluster.awaitAnswers(node, "shop");
      cluster.awaitAnswers(node, "blog-far");
    }

    cluster.temps("link", "add", "shop", "blog").must("link add");
    cluster.temps("link", "add", "blog", "shop").must("link add once more");
    assertTrue(cluster.temps("link", "list").stdout().contains("blog"));
    eventually(
        Cluster.SHORT,
        "they talk, near and far, both ways",
        () ->
            reaches(cluster, "node-2", "shop", neighbour)
                && reaches(cluster, "node-2", "shop", far)
                && reaches(cluster, "node-3", "blog-far", address(cluster, "shop")),
        cluster::state);

    cluster.temps("link", "remove", "shop", "blog", "--yes").must("link remove");
    eventually(
        Cluster.SHORT,
        "they don't any more",
        () ->
            !reaches(cluster, "node-2", "shop", neighbour)
                && !reaches(cluster, "node-2", "shop", far),
        cluster::state);
    assertTrue(reaches(cluster, "node-2", "shop", own));
    ExecResult unknown = cluster.temps("link", "add", "shop", "nobody");
    assertEquals(1, unknown.exit());
    assertTrue(unknown.stderr().contains("nobody"), unknown.stderr());
  }

  @Test
  void theWallsStandAfterABootWithoutAControlPlaneAndAfterDockerStartedAgain(Cluster cluster) {
    deployTwice(cluster, "inn");
    deployTwice(cluster, "bar");
    String own = address(cluster, "inn-far");
    String neighbour = address(cluster, "bar");
    supervise(cluster, "--stop temps-control");
    try {
      cluster.node("node-2").powerOff();
      cluster.node("node-2").powerOn();
      eventually(
          Cluster.LONG,
          "it is up again and among its own",
          () -> reaches(cluster, "node-2", "inn", own));
      cluster.awaitAnswers("node-2", "bar");
      assertFalse(reaches(cluster, "node-2", "inn", neighbour), "a neighbour after the boot");
    } finally {
      supervise(cluster, "--start temps-control");
    }
    cluster.awaitLiveness("node-2", "ready");
    cluster.node("node-3").stopDocker();
    cluster.node("node-3").startDocker();
    cluster.awaitAnswers("node-1", "inn-far");
    cluster.awaitAnswers("node-1", "bar-far");
    cluster.awaitLiveness("node-3", "ready");
    String far = address(cluster, "bar-far");
    assertTrue(reaches(cluster, "node-3", "inn-far", address(cluster, "inn")));
    assertFalse(reaches(cluster, "node-3", "inn-far", far), "a neighbour, Docker started again");
  }

  private static void supervise(Cluster cluster, String action) {
    cluster
        .node("node-1")
        .script("/opt/temps/libexec/temps-supervise " + action + "\n", Cluster.SHORT)
        .must(action);
  }
}
