package dev.temps.control.api;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.request;
import static dev.temps.control.deployment.TestCluster.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.DeploymentStore;
import dev.temps.control.deployment.Release;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.StoreTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The screen tells the truth. */
class AppViewsTest extends StoreTest {
  private TestCluster cluster;

  @BeforeEach
  void twoNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b");
    cluster.gateway.push("web:2", TestCluster.DIGEST.replace('0', '1'), "amd64");
  }

  private AppView view() {
    AppState state = cluster.app("web");
    Deployment newest = database.read(h -> DeploymentStore.list(h, state.app().id(), 1)).getFirst();
    String address = database.read(ServiceAddresses::all).get(state.app().id());
    return new AppViews(cluster.routes).app(state, newest, address);
  }

  @Test
  void anAppIsStartingThenRunning() {
    cluster.deploy(web(2));
    assertEquals("starting", view().state());
    cluster.settle();
    assertEquals("running", view().state());
    assertEquals(2, view().healthy());
    assertEquals("http://web.temps.test", view().urls().getFirst());
    assertEquals("web.web.temps.internal", view().internalName());
    assertEquals("10.223.0.1", view().address());
  }

  @Test
  void replicasOfASilentNodeAreUnknownAndDoNotCount() {
    cluster.deploy(web(2));
    cluster.settle();
    cluster.liveness("b", Liveness.suspect);
    assertEquals("degraded", view().state());
    assertEquals(1, view().healthy());
    assertEquals("web-2 on b is unknown: its node is not heard of", view().reason());
    AppState state = cluster.app("web");
    Release serving = state.serving().orElseThrow();
    ContainerView onB =
        new AppViews(cluster.routes)
            .container(state, serving.deployment(), serving.replicas().getLast());
    assertEquals("unknown", onB.state());
    assertEquals("unknown", onB.health());
  }

  @Test
  void anAppWhoseReplicasAreAllDownHasFailedAndSaysWhy() {
    cluster.deploy(web(1));
    cluster.settle();
    cluster.behave("web", Behaviour.CRASHES);
    cluster.settle();
    assertEquals("failed", view().state());
    assertEquals("web-1 on a is exited: it ended", view().reason());
  }

  @Test
  void aFailedReleaseBehindAServingOneIsTold() {
    cluster.deploy(web(1));
    cluster.settle();
    cluster.behave("web@sha256:1", Behaviour.UNPULLABLE);
    cluster.deploy(request("web", "web:2", 1));
    cluster.settle();
    cluster.advance(java.time.Duration.ofSeconds(5));
    AppView view = view();
    assertEquals("running", view.state());
    assertEquals("web:latest", view.image());
    String reason = String.valueOf(view.reason());
    assertTrue(reason.startsWith("release 2 failed: web-1 on"), reason);
    assertTrue(reason.contains("pull: denied"), reason);
    assertEquals(1, AppViews.problems(view).size());
  }

  @Test
  void aStoppedAppIsStoppedAndNoProblem() {
    cluster.deploy(web(1));
    cluster.settle();
    cluster.apps.stop("web", ANNA);
    cluster.settle();
    assertEquals("stopped", view().state());
    DeploymentView release = view().deployment();
    assertEquals("stopped", release == null ? "" : release.state());
    assertTrue(AppViews.problems(view()).isEmpty());
  }
}
