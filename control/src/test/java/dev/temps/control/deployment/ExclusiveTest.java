package dev.temps.control.deployment;

import static dev.temps.control.deployment.DeploymentState.serving;
import static dev.temps.control.deployment.TestCluster.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Lease;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apps of which there are never two at once. */
class ExclusiveTest extends StoreTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private TestCluster cluster;

  @BeforeEach
  void oneApp() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
    deploy(",\"exclusive\":true");
    assertEquals(List.of("a"), cluster.where("web"));
  }

  private Deployment deploy(String more) {
    String json = "{\"project\":\"web\",\"image\":\"web\"" + more + "}";
    Deployment made = cluster.deploy(Json.read(DeployRequest.class, json));
    cluster.settle();
    return made;
  }

  private boolean onlyOn(String node) {
    return List.of("a", "b", "c").stream()
        .allMatch(n -> cluster.told(database, n).isEmpty() != n.equals(node));
  }

  @Test
  void itsNodeIsToldThatItRunsUnderALease() {
    assertTrue(cluster.told(database, "a").getFirst().leased());
    assertThrows(ProblemException.class, () -> cluster.apps.scale("web", 2, ANNA));
  }

  @Test
  void itStartsElsewhereOnlyWhenItsMachineIsDownAndTheLeaseIsOver() {
    cluster.liveness("a", Liveness.suspect);
    cluster.unheard("a", Lease.OVER_AFTER.multipliedBy(2));
    cluster.advance(SECOND);
    assertTrue(onlyOn("a"), "a machine that its witnesses reach keeps it");
    cluster.liveness("a", Liveness.down);
    cluster.unheard("a", Lease.OVER_AFTER.minusMillis(1));
    cluster.advance(SECOND);
    assertTrue(onlyOn("a"), "the lease still runs");
    cluster.unheard("a", Lease.OVER_AFTER);
    cluster.advance(SECOND);
    assertTrue(onlyOn("b"));
    cluster.liveness("a", Liveness.ready);
    cluster.unheard("a", Duration.ZERO);
    cluster.advance(SECOND);
    assertTrue(onlyOn("b"), "it does not come back");
  }

  @Test
  void aMachineThatComesBackBeforeTheLeaseIsOverIsWaitedFor() {
    cluster.liveness("a", Liveness.down);
    cluster.unheard("a", Duration.ofSeconds(9));
    cluster.advance(SECOND);
    cluster.liveness("a", Liveness.ready);
    cluster.unheard("a", Duration.ZERO);
    cluster.reconciler.step();
    assertTrue(onlyOn("a"), "it must say first that the old one has ended");
    cluster.advance(SECOND);
    assertEquals(1, cluster.backends("web").size());
    assertEquals(1, cluster.living().size());
  }

  @Test
  void aReleaseStartsWhenTheOneBeforeHasEnded() {
    cluster.deploy(Json.read(DeployRequest.class, "{\"project\":\"web\",\"image\":\"web\"}"));
    for (int i = 0; i < 6; i++) {
      cluster.reconciler.step();
      assertEquals(1, cluster.living().size(), "nothing was said by the node");
    }
    cluster.settle();
    cluster.advance(DeploymentPlanner.WATCHED);
    cluster.settle();
    assertEquals(2, cluster.app("web").serving().orElseThrow().deployment().number());
  }

  @Test
  void anOldAnswerIsNotTakenForTheEnd() {
    cluster.apps.stop("web", ANNA);
    cluster.settle();
    cluster.apps.start("web", ANNA);
    cluster.reconciler.step(); // wished to run; the node has not said so
    cluster.deploy(Json.read(DeployRequest.class, "{\"project\":\"web\",\"image\":\"web\"}"));
    for (int i = 0; i < 6; i++) {
      cluster.reconciler.step();
    }
    assertEquals(1, cluster.living().size(), "that it was stopped was said before it was started");
  }

  @Test
  void aDrainedMachineIsLeftStopFirstOrNotAtAll() {
    empty("a");
    cluster.settle();
    assertTrue(onlyOn("b"));
    cluster.cordon("c");
    cluster.cordon("a");
    empty("b");
    cluster.advance(SECOND);
    assertTrue(onlyOn("b"), "there is no other place, so it is not stopped");
    String why = String.valueOf(cluster.app("web").serving().orElseThrow().deployment().reason());
    assertTrue(why.contains(Evictions.NO_PLACE + "web-1: 2 nodes: cordoned"), why);
  }

  private void empty(String node) {
    database.change(
        h -> h.execute("UPDATE nodes SET availability = 'draining' WHERE name = '" + node + "'"));
  }

  @Test
  void thePlannerHoldsTheRowUntilTheNodeHasAnswered() {
    Replica gone = Worlds.retired(Worlds.healthy("n-a"), Worlds.NOW - 1);
    List<Step> first = Worlds.wishing(1).exclusive().release(1, serving, gone).plan();
    assertEquals(List.of(Step.End.class), first.stream().map(Object::getClass).toList());
    List<Step> lapsed =
        Worlds.wishing(1).exclusive().lapsed("n-a").release(1, serving, gone).plan();
    assertTrue(lapsed.getFirst() instanceof Step.Remove, lapsed::toString);
    assertFalse(lapsed.stream().anyMatch(Step.Place.class::isInstance), "not in the same pass");
  }

  @Test
  void oneThatWasRemovedIsNotDeployedAnewBeforeItsLeaseIsOver() {
    cluster.apps.remove("web", ANNA);
    ProblemException early =
        assertThrows(ProblemException.class, () -> deploy(",\"exclusive\":true"));
    assertTrue(early.problem().line().contains("again in 25 s"), early.problem().line());
    cluster.time.advance(Lease.OVER_AFTER.plus(SECOND));
    assertEquals(serving, cluster.deployment(deploy(",\"exclusive\":true").id()).state());
  }
}
