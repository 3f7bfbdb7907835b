package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.request;
import static dev.temps.control.deployment.TestCluster.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.DeployRequest;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationQuery;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.Operations;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a release has taken over, what can still happen before, and what its operation tells. */
class TakingOverTest extends StoreTest {
  private static final Duration WATCHED = Duration.ofSeconds(3);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private TestCluster cluster;
  private Operations operations;
  private List<String> before;

  @BeforeEach
  void oneReleaseServes() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
    cluster.gateway.push("web:2", TestCluster.DIGEST.replace('0', '1'), "amd64");
    cluster.gateway.push("web:3", TestCluster.DIGEST.replace('0', '2'), "amd64");
    operations =
        new Operations(database, new AuditLog(cluster.time, cluster.ids), cluster.time, () -> {});
    cluster.deploy(web(2));
    cluster.settle();
    before = cluster.backends("web");
  }

  private Operation youngest(String kind) {
    return operations.list(new OperationQuery(kind, "web", false, null, 1)).getFirst();
  }

  /** Two of these fit on three nodes, four don't. */
  private static DeployRequest big(String image) {
    return new DeployRequest(
        "web",
        null,
        image,
        2,
        null,
        null,
        null,
        null,
        null,
        null,
        1_200L << 20,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private DeploymentState state(Deployment release) {
    return cluster.deployment(release.id()).state();
  }

  @Test
  void aReleaseIsNotDoneBeforeEveryLivingIngressHasItsRoutes() {
    cluster.deafIngress("c", true);
    Deployment second = cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    cluster.advance(Duration.ofSeconds(20));
    assertTrue(cluster.backends("web").stream().noneMatch(before::contains), "the routes lead on");
    assertEquals(DeploymentState.starting, state(second));
    assertEquals(4, cluster.living().size(), "old replicas stay while an ingress may ask them");
    Operation waiting = youngest(Kinds.ROLLOUT);
    assertTrue(waiting.step().contains("waiting for the ingress of c"), waiting.step());
    cluster.deafIngress("c", false);
    cluster.settle();
    assertEquals(DeploymentState.serving, state(second));
    assertEquals(OperationState.succeeded, youngest(Kinds.ROLLOUT).state());
    cluster.advance(DRAIN);
    assertEquals(2, cluster.living().size());
  }

  @Test
  void anIngressThatTakesNothingIsNotWaitedForLongerThanHalfAMinute() {
    cluster.deafIngress("c", true);
    Deployment second = cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    cluster.advance(Duration.ofSeconds(29));
    assertEquals(DeploymentState.starting, state(second));
    cluster.advance(Duration.ofSeconds(1));
    assertEquals(DeploymentState.serving, state(second));
  }

  @Test
  void aReplicaThatLeftIsStoppedOnlyWhenEveryIngressKnows() {
    cluster.deafIngress("b", true);
    cluster.apps.scale("web", 1, ANNA);
    cluster.settle();
    cluster.advance(Duration.ofSeconds(15));
    assertEquals(2, cluster.living().size());
    assertEquals(OperationState.running, youngest(Kinds.SCALE).state());
    cluster.deafIngress("b", false);
    cluster.settle();
    assertEquals(2, cluster.living().size(), "requests end first");
    cluster.advance(DRAIN);
    assertEquals(1, cluster.living().size());
    assertEquals(OperationState.succeeded, youngest(Kinds.SCALE).state());
  }

  @Test
  void aReleaseThatWasHealthyAndThenEndsGoesBack() {
    Deployment second = cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    assertTrue(cluster.backends("web").stream().noneMatch(before::contains));
    cluster.behave("web@sha256:1", Behaviour.CRASHES);
    cluster.settle();
    assertEquals(DeploymentState.failed, state(second));
    String reason = String.valueOf(cluster.deployment(second.id()).reason());
    assertTrue(reason.contains("was healthy and then ended with exit code 1"), reason);
    assertEquals(before, cluster.backends("web"));
    assertEquals(OperationState.failed, youngest(Kinds.ROLLOUT).state());
    cluster.advance(DRAIN);
    assertEquals(2, cluster.living().size());
  }

  @Test
  void aCancelledRolloutLeavesTheReleaseBefore() {
    cluster.behave("web@sha256:1", Behaviour.SLOW);
    Deployment slow = cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    assertTrue(youngest(Kinds.ROLLOUT).step().contains("is pulling"));
    operations.cancel(youngest(Kinds.ROLLOUT).id(), ANNA);
    cluster.settle();
    assertEquals(DeploymentState.cancelled, state(slow));
    Operation ended = youngest(Kinds.ROLLOUT);
    assertEquals(OperationState.cancelled, ended.state());
    assertEquals("release 2: cancelled by anna; release 1 goes on", ended.reason());
    assertEquals(before, cluster.backends("web"));
    assertEquals(2, cluster.living().size());
  }

  @Test
  void aRolloutCancelledAfterTheSwitchGoesBack() {
    cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    operations.cancel(youngest(Kinds.ROLLOUT).id(), ANNA);
    cluster.settle();
    assertEquals(before, cluster.backends("web"));
    assertEquals(4, cluster.living().size(), "requests to the cancelled one end first");
    cluster.advance(DRAIN);
    assertEquals(2, cluster.living().size());
  }

  @Test
  void theNextReleaseWaitsForOneThatIsJustTakingOver() {
    Deployment second = cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    Deployment third = cluster.deploy(request("web", "web:3", 2));
    cluster.settle();
    assertEquals(DeploymentState.starting, state(second));
    assertEquals(DeploymentState.starting, state(third));
    cluster.advance(WATCHED);
    assertEquals(DeploymentState.serving, state(second));
    assertEquals(DeploymentState.starting, state(third));
    cluster.advance(WATCHED);
    assertEquals(DeploymentState.superseded, state(second));
    assertEquals(DeploymentState.serving, state(third));
    cluster.advance(DRAIN);
    assertEquals(2, cluster.living().size());
    assertTrue(
        operations.list(new OperationQuery(Kinds.ROLLOUT, "web", false, null, 9)).stream()
            .allMatch(o -> o.state() == OperationState.succeeded));
  }

  @Test
  void aReleaseThatIsJustTakingOverIsDoneThoughTheNextHasMoreReplicas() {
    Deployment second = cluster.deploy(request("web", "web:2", 1));
    cluster.settle();
    Deployment third = cluster.deploy(request("web", "web:3", 3));
    cluster.settle();
    assertEquals(DeploymentState.starting, state(second));
    cluster.advance(DeploymentPlanner.WATCHED);
    cluster.advance(DeploymentPlanner.WATCHED);
    assertEquals(DeploymentState.serving, state(third));
    assertEquals(3, cluster.backends("web").size());
  }

  @Test
  void aRollbackDoesNotWaitForTheReleaseThatIsJustTakingOver() {
    Deployment second = cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    Deployment back = cluster.rollbacks.rollBack("web", null, ANNA);
    assertEquals(before, cluster.backends("web"), "at once");
    cluster.settle();
    assertEquals(DeploymentState.superseded, state(second));
    assertEquals(DeploymentState.serving, state(back));
    assertEquals(1, back.rollbackOf());
  }

  @Test
  void theNewestReleaseGetsTheRoomOfTheOneItSupersedes() {
    cluster.behave("web@sha256:1", Behaviour.SLOW);
    Deployment second = cluster.deploy(big("web:2"));
    Deployment third = cluster.deploy(big("web:3"));
    assertEquals(DeploymentState.superseded, state(second));
    assertEquals("release 3 was asked for by anna", cluster.deployment(second.id()).reason());
    cluster.settle();
    cluster.advance(WATCHED);
    assertEquals(DeploymentState.serving, state(third));
  }

  @Test
  void aWishTellsWhenItIsTrueAndTheNewestOfAKindWins() {
    cluster.behave("web@sha256:0", Behaviour.SLOW);
    Operation four = cluster.apps.scale("web", 4, ANNA).operation();
    cluster.settle();
    assertEquals(OperationState.running, operations.get(four.id()).state());
    Operation three = cluster.apps.scale("web", 3, ANNA).operation();
    assertEquals(OperationState.cancelled, operations.get(four.id()).state());
    cluster.behave("web@sha256:0", Behaviour.WELL);
    cluster.settle();
    cluster.advance(DRAIN);
    assertEquals("3 of 3 replicas are healthy", operations.get(three.id()).reason());
    Operation stop = cluster.apps.stop("web", ANNA).operation();
    cluster.settle();
    assertEquals("3 replicas are stopped", operations.get(stop.id()).reason());
    Operation start = cluster.apps.start("web", ANNA).operation();
    cluster.settle();
    assertEquals(OperationState.succeeded, operations.get(start.id()).state());
    assertThrows(ProblemException.class, () -> operations.cancel(start.id(), ANNA));
  }

  @Test
  void aWishThatCantComeTrueSaysWhyAndStays() {
    cluster.behave("web@sha256:0", Behaviour.CRASHES);
    Operation restart = cluster.apps.restart("web", ANNA).operation();
    cluster.settle();
    Operation ended = operations.get(restart.id());
    assertEquals(OperationState.failed, ended.state());
    assertTrue(String.valueOf(ended.reason()).contains("keeps ending"), ended.toString());
    assertEquals(1, cluster.app("web").app().restartGeneration());
  }

  @Test
  void operationsAreListedByKindBySubjectAndForProjects() {
    cluster.apps.scale("web", 3, ANNA);
    assertEquals(2, operations.list(new OperationQuery(null, "web", false, null, 9)).size());
    assertEquals(1, operations.list(new OperationQuery(Kinds.SCALE, null, true, null, 9)).size());
    assertEquals(0, operations.list(new OperationQuery(null, null, false, Set.of(), 9)).size());
    assertEquals(
        2, operations.list(new OperationQuery(null, null, false, Set.of("web"), 9)).size());
    assertFalse(
        operations.list(new OperationQuery(null, null, false, Set.of("shop"), 9)).stream()
            .anyMatch(o -> o.subjectName().equals("web")));
  }
}
