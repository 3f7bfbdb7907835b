package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases that take over batch by batch, because there is no room for all at once. */
class BatchesTest extends StoreTest {
  private static final String LARGE = ",\"memoryBytes\":1288490188"; // one on a node of 2 GiB

  private TestCluster cluster;

  @BeforeEach
  void threeReplicasOnThreeNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
    cluster.gateway.push("web:2", TestCluster.DIGEST.replace('0', '1'), "amd64");
    cluster.gateway.push("web:3", TestCluster.DIGEST.replace('0', '2'), "amd64");
    deploy("web", ",\"replicas\":3" + LARGE);
    cluster.settle();
    assertEquals(3, cluster.backends("web").size());
  }

  private Deployment deploy(String image, String more) {
    String json = "{\"project\":\"web\",\"image\":\"" + image + "\"" + more + "}";
    return cluster.deploy(Json.readStrict(DeployRequest.class, json));
  }

  private static String rollout(String members) {
    return ",\"rollout\":{" + members + "}";
  }

  private DeploymentState state(Deployment release) {
    return cluster.deployment(release.id()).state();
  }

  /** Lets it go on until the release is no longer starting; holds both bounds all the way. */
  private void goesOn(Deployment release, int serving, int most) {
    for (int i = 0; i < 30 && state(release) == DeploymentState.starting; i++) {
      cluster.report();
      cluster.reconciler.step();
      assertTrue(cluster.backends("web").size() >= serving, cluster.backends("web")::toString);
      assertTrue(cluster.living().size() <= most, cluster.living()::toString);
      cluster.time.advance(Duration.ofSeconds(2));
    }
    cluster.settle();
    assertEquals(DeploymentState.serving, state(release));
    cluster.advance(Duration.ofSeconds(5));
    assertEquals(3, cluster.living().size());
    assertTrue(
        cluster.living().stream().allMatch(r -> r.deploymentId().equals(release.id())),
        cluster.living()::toString);
    assertEquals(3, cluster.backends("web").size());
  }

  private Problem refused(String image, String more) {
    List<Replica> before = cluster.living();
    List<String> routes = cluster.backends("web");
    Problem problem = assertThrows(ProblemException.class, () -> deploy(image, more)).problem();
    cluster.settle();
    assertEquals(before, cluster.living());
    assertEquals(routes, cluster.backends("web"));
    return problem;
  }

  @Test
  void withRoomForOneMoreItGoesOneByOneAndNeverServesWithLess() {
    cluster.nodes("d");
    Deployment next = deploy("web:2", rollout("\"maxSurge\":1"));
    assertEquals(4, cluster.living().size());
    goesOn(next, 3, 4);
  }

  @Test
  void withoutAnyRoomOneMayBeMissing() {
    Deployment next = deploy("web:2", rollout("\"maxUnavailable\":1"));
    goesOn(next, 2, 3);
  }

  @Test
  void thatAllAtOnceDoNotFitIsSaidWithTheOtherWay() {
    cluster.nodes("d");
    Problem problem = refused("web:2", "");
    assertEquals("no-place", problem.type());
    assertTrue(problem.detail().startsWith("1 of 3 replicas fit"), problem.detail());
    assertTrue(problem.next().contains("--max-surge 1"), problem.next());
  }

  @Test
  void whatWouldStopHalfwayIsRefusedBeforeTheOldOneIsTouched() {
    cluster.nodes("d");
    Problem problem =
        refused("web:2", ",\"replicas\":5" + rollout("\"maxSurge\":1,\"maxUnavailable\":1"));
    assertTrue(problem.detail().startsWith("4 of 5 replicas fit"), problem.detail());
    assertEquals("no-place", refused("web:2", rollout("\"maxSurge\":2")).type());
  }

  @Test
  void aBatchThatFailsGivesTheOldReleaseItsReplicasBack() {
    cluster.nodes("d");
    Deployment first = cluster.app("web").serving().orElseThrow().deployment();
    Deployment next = deploy("web:2", rollout("\"maxSurge\":1"));
    cluster.settle();
    assertEquals(3, cluster.backends("web").size());
    assertEquals(2, cluster.app("web").serving().orElseThrow().staying().size());
    cluster.advance(Duration.ofSeconds(5));
    cluster.behave("web@sha256:1", Behaviour.CRASHES);
    cluster.settle();
    cluster.advance(Duration.ofSeconds(5));
    assertEquals(DeploymentState.failed, state(next));
    assertEquals(DeploymentState.serving, state(first));
    assertEquals(3, cluster.living().size());
    assertEquals(3, cluster.backends("web").size());
  }

  @Test
  void aNewerReleaseTakesOverInTheMiddle() {
    cluster.nodes("d");
    Deployment second = deploy("web:2", rollout("\"maxSurge\":1"));
    cluster.settle();
    cluster.advance(Duration.ofSeconds(5));
    cluster.behave("web@sha256:1", Behaviour.SLOW);
    Deployment third = deploy("web:3", rollout("\"maxSurge\":1,\"maxUnavailable\":1"));
    goesOn(third, 1, 4);
    assertEquals(DeploymentState.superseded, state(second));
  }

  @Test
  void scalingInTheMiddleIsMetBatchByBatch() {
    cluster.nodes("d", "e");
    Deployment next = deploy("web:2", rollout("\"maxSurge\":1"));
    cluster.settle();
    cluster.apps.scale("web", 4, ANNA);
    for (int i = 0; i < 10; i++) {
      cluster.advance(Duration.ofSeconds(5));
    }
    assertEquals(DeploymentState.serving, state(next));
    assertEquals(4, cluster.backends("web").size());
    assertEquals(4, cluster.living().size());
  }

  @Test
  void oldReplicasMayFinishRequestsAsLongAsTheirReleaseSays() {
    cluster.nodes("d", "e", "f");
    Deployment patient = deploy("web:2", rollout("\"drainSeconds\":60"));
    cluster.settle();
    cluster.advance(Duration.ofSeconds(5));
    assertEquals(DeploymentState.serving, state(patient));
    deploy("web:3", "");
    cluster.settle();
    cluster.advance(Duration.ofSeconds(59));
    assertEquals(6, cluster.living().size());
    cluster.advance(Duration.ofSeconds(1));
    assertEquals(3, cluster.living().size());
  }

  private HealthCheck check() {
    Replica newest = cluster.app("web").newest().orElseThrow().staying().getFirst();
    return database.read(h -> cluster.workloads.on(h, newest.nodeId())).stream()
        .filter(spec -> spec.id().equals(newest.id()))
        .map(WorkloadSpec::health)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void healthIsShownByThePathTheCommandOrStayingUpThatWasSaidLast() {
    String small = ",\"memoryBytes\":0";
    assertEquals(HealthCheck.standard(null), check());
    deploy("web:2", small + rollout("\"healthCommand\":[\"ready\",\"-q\"]"));
    assertEquals(HealthCheck.byCommand(List.of("ready", "-q")), check());
    cluster.settle();
    deploy("web:2", small);
    assertEquals(HealthCheck.byCommand(List.of("ready", "-q")), check());
    cluster.settle();
    deploy("web:2", ",\"healthPath\":\"/up\"");
    assertEquals(HealthCheck.standard("/up"), check());
    cluster.settle();
    deploy("web:2", rollout("\"healthNone\":true"));
    assertEquals(HealthCheck.byStayingUp(), check());
    cluster.settle();
    deploy("web:2", rollout("\"healthCommand\":[]"));
    assertEquals(HealthCheck.standard(null), check());
  }

  @Test
  void badWishesAreRefusedByName() {
    assertEquals(
        "invalid-drain-timeout", refused("web:2", rollout("\"drainSeconds\":3601")).type());
    assertEquals("invalid-max-surge", refused("web:2", rollout("\"maxSurge\":-1")).type());
    assertEquals("invalid-max-surge", refused("web:2", rollout("\"maxSurge\":0")).type());
    assertEquals(
        "invalid-max-unavailable", refused("web:2", rollout("\"maxUnavailable\":101")).type());
    assertEquals(
        "invalid-command", refused("web:2", rollout("\"healthCommand\":[\"\\u0000\"]")).type());
    assertEquals(
        "invalid-health",
        refused("web:2", ",\"healthPath\":\"/x\"" + rollout("\"healthNone\":true")).type());
  }
}
