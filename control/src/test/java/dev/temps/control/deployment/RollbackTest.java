package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Going back to an old release, over the real store and agents that report. */
class RollbackTest extends StoreTest {
  private TestCluster cluster;

  @BeforeEach
  void twoNodesAndFourImages() {
    cluster = new TestCluster(database, folder).nodes("a", "b");
    for (int i = 1; i <= 4; i++) {
      cluster.gateway.push("web:" + i, digest(i), "amd64");
    }
  }

  private static String digest(int release) {
    return TestCluster.DIGEST.replace("0a", "1" + release);
  }

  private Deployment release(int image, String more) {
    String json = "{\"project\":\"web\",\"image\":\"web:" + image + "\"" + more + "}";
    Deployment made = cluster.deploy(Json.read(DeployRequest.class, json));
    cluster.settle();
    cluster.advance(DeploymentPlanner.WATCHED);
    return made;
  }

  private Deployment back(@Nullable Integer to) {
    Deployment made = cluster.rollbacks.rollBack("web", to, ANNA);
    cluster.settle();
    return cluster.deployment(made.id());
  }

  private Problem refused(@Nullable Integer to) {
    List<Replica> before = cluster.living();
    Problem problem =
        assertThrows(ProblemException.class, () -> cluster.rollbacks.rollBack("web", to, ANNA))
            .problem();
    assertEquals(before, cluster.living());
    return problem;
  }

  @Test
  void imageSettingsAndVariablesOfTheOldReleaseServeAgainAndNobodyIsAskedAboutTheImage() {
    release(1, ",\"replicas\":2,\"port\":3000,\"env\":{\"KEY\":\"old\"}");
    Deployment bad = release(2, ",\"port\":4000,\"env\":{\"KEY\":\"new\"}");
    cluster.gateway.reachable("n-a", false);
    cluster.gateway.reachable("n-b", false);
    Deployment again = back(null);
    assertEquals(3, again.number());
    assertEquals(1, again.rollbackOf());
    assertEquals(DeploymentState.serving, again.state());
    assertEquals(digest(1), again.digest());
    assertEquals(3000, again.parsed().port());
    assertEquals(2, cluster.backends("web").size());
    assertTrue(
        database.read(h -> cluster.workloads.on(h, "n-a")).stream()
            .filter(w -> w.image().endsWith(digest(1)))
            .allMatch(w -> w.env().contains("KEY=old")));
    Deployment left = cluster.deployment(bad.id());
    assertEquals(DeploymentState.rolled_back, left.state());
    assertEquals("release 3, 1 again, serves", left.reason());
    assertTrue(
        cluster
            .told("deployment.started")
            .contains("release 3 of web, web:1, rollback to release 1"));
    assertTrue(
        database.read(h -> AuditLog.newest(h, 10)).stream()
            .anyMatch(e -> e.action().equals("app.rollback") && e.actor().equals("anna")));
  }

  @Test
  void twoRollbacksInARowGoTwoReleasesBackNotToTheBadOne() {
    release(1, "");
    release(2, "");
    release(3, "");
    assertEquals(2, back(null).rollbackOf());
    assertEquals(1, back(null).rollbackOf());
    assertEquals("no-earlier-release", refused(null).type());
  }

  @Test
  void afterAMistakenRollbackTheLeftReleaseIsReachedByItsNumberAndStaysReachable() {
    release(1, "");
    release(2, "");
    back(null);
    assertEquals(2, back(2).rollbackOf());
    release(3, "");
    assertEquals(2, back(null).rollbackOf());
    assertEquals(1, back(null).rollbackOf());
  }

  @Test
  void releasesThatNeverServedAreNotGoneBackTo() {
    release(1, "");
    cluster.behave("web@sha256:12", Behaviour.CRASHES);
    release(2, "");
    release(3, "");
    assertEquals(1, back(null).rollbackOf());
  }

  @Test
  void aReleaseThatIsStillStartingIsLeftForTheOneThatServes() {
    release(1, "");
    cluster.behave("web@sha256:12", Behaviour.SLOW);
    Deployment slow = release(2, "");
    Deployment again = back(null);
    assertEquals(1, again.rollbackOf());
    assertEquals(DeploymentState.serving, again.state());
    assertEquals(DeploymentState.superseded, cluster.deployment(slow.id()).state());
  }

  @Test
  void aRollbackThatFailsLeavesThePresentReleaseServing() {
    release(1, "");
    Deployment present = release(2, "");
    cluster.behave("web@sha256:11", Behaviour.CRASHES);
    assertEquals(DeploymentState.failed, back(null).state());
    assertEquals(DeploymentState.serving, cluster.deployment(present.id()).state());
    assertEquals(1, cluster.backends("web").size());
  }

  @Test
  void whatCanNotBeGoneBackToIsRefusedWithTheReason() {
    assertEquals("no-such-app", refused(null).type());
    release(1, "");
    Problem first = refused(null);
    assertEquals("No release of web served before release 1.", first.detail());
    Problem unknown = refused(9);
    assertEquals(404, unknown.status());
    assertEquals("web has no release 9; there are 1 to 1.", unknown.detail());
    assertEquals("release-is-present", refused(1).type());
  }

  @Test
  void whatHasNoPlaceIsRefusedAndNothingChanges() {
    release(1, ",\"memoryBytes\":1073741824");
    release(2, ",\"memoryBytes\":0");
    cluster.apps.scale("web", 9, ANNA);
    cluster.settle();
    assertEquals("no-place", refused(null).type());
    assertEquals(9, cluster.backends("web").size());
  }

  @Test
  void theNumberOfReplicasStaysAndAStoppedAppStarts() {
    cluster.deploy(web(1));
    cluster.settle();
    release(2, ",\"replicas\":3");
    cluster.apps.stop("web", ANNA);
    cluster.settle();
    assertEquals(DeploymentState.serving, back(1).state());
    assertEquals(3, cluster.backends("web").size());
  }
}
