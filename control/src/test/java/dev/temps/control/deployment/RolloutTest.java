package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.request;
import static dev.temps.control.deployment.TestCluster.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.StoreTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases from wish to end, over the real store and agents that report. */
class RolloutTest extends StoreTest {
  private TestCluster cluster;

  @BeforeEach
  void threeNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
    cluster.gateway.push("web:2", TestCluster.DIGEST.replace('0', '1'), "amd64");
  }

  @Test
  void aFirstReleaseServesOnceItsReplicasAreHealthy() {
    Deployment release = cluster.deploy(web(2));
    assertEquals(List.of("a", "b"), cluster.where("web"));
    assertEquals(List.of(), cluster.backends("web"));
    cluster.settle();
    assertEquals(DeploymentState.serving, cluster.deployment(release.id()).state());
    assertEquals(2, cluster.backends("web").size());
    assertEquals(
        List.of("release 1: all 2 replicas are healthy"), cluster.told("deployment.serving"));
  }

  @Test
  void aSecondReleaseReplacesTheFirstOnlyWhenItServes() {
    cluster.deploy(web(2));
    cluster.settle();
    List<String> before = cluster.backends("web");
    cluster.behave("web@sha256:1", Behaviour.SLOW);
    cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    assertEquals(before, cluster.backends("web"));
    assertEquals(4, cluster.living().size());

    cluster.behave("web@sha256:1", Behaviour.WELL);
    cluster.settle();
    assertEquals(2, cluster.backends("web").size());
    assertTrue(cluster.backends("web").stream().noneMatch(before::contains));
    assertEquals(4, cluster.living().size(), "old ones run on while requests end");
    cluster.advance(Duration.ofSeconds(5));
    assertEquals(2, cluster.living().size());
  }

  @Test
  void aCrashingReleaseGoesAwayAndTheOldOneServesOn() {
    cluster.deploy(web(2));
    cluster.settle();
    List<String> before = cluster.backends("web");
    cluster.behave("web@sha256:1", Behaviour.CRASHES);
    Deployment bad = cluster.deploy(request("web", "web:2", 2));
    cluster
        .living()
        .forEach(
            r -> cluster.gateway.log(r.id(), "2026-01-01T00:00:00Z", "boom in " + r.ordinal()));
    cluster.settle();
    Deployment after = cluster.deployment(bad.id());
    assertEquals(DeploymentState.failed, after.state());
    String reason = String.valueOf(after.reason());
    assertTrue(reason.contains("started again 3 times, last exit code 1"), reason);
    assertTrue(reason.contains("boom in 1"), reason);
    assertEquals(before, cluster.backends("web"));
    assertEquals(2, cluster.living().size());
    assertTrue(cluster.told("deployment.failed").getFirst().contains("keeps ending"));
    assertTrue(cluster.told("deployment.failed").stream().noneMatch(w -> w.contains("boom")));
  }

  @Test
  void aReleaseThatNeverAnswersGoesAwayAfterAMinute() {
    cluster.deploy(web(1));
    cluster.settle();
    cluster.behave("web@sha256:1", Behaviour.DEAF);
    Deployment deaf = cluster.deploy(request("web", "web:2", 1));
    cluster.settle();
    cluster.advance(Duration.ofSeconds(59));
    assertEquals(DeploymentState.starting, cluster.deployment(deaf.id()).state());
    cluster.advance(Duration.ofSeconds(1));
    assertEquals(DeploymentState.failed, cluster.deployment(deaf.id()).state());
    assertEquals(1, cluster.backends("web").size());
  }

  @Test
  void theNewestOfThreeReleasesWins() {
    cluster.behave("web@sha256:0", Behaviour.SLOW);
    Deployment first = cluster.deploy(web(1));
    Deployment second = cluster.deploy(web(1));
    Deployment third = cluster.deploy(request("web", "web:2", 1));
    cluster.settle();
    assertEquals(DeploymentState.superseded, cluster.deployment(first.id()).state());
    assertEquals(DeploymentState.superseded, cluster.deployment(second.id()).state());
    assertEquals(DeploymentState.serving, cluster.deployment(third.id()).state());
    assertEquals(1, cluster.living().size());
  }

  @Test
  void scalesUpAndDownWithoutTouchingTheOthers() {
    cluster.deploy(web(2));
    cluster.settle();
    List<String> two = cluster.backends("web");
    cluster.apps.scale("web", 4, ANNA);
    cluster.settle();
    assertEquals(List.of("a", "b", "c", "a"), cluster.where("web"));
    assertTrue(cluster.backends("web").containsAll(two));
    cluster.apps.scale("web", 3, ANNA);
    cluster.settle();
    assertEquals(List.of("a", "b", "c"), cluster.where("web"));
    assertEquals(4, cluster.living().size());
    cluster.advance(Duration.ofSeconds(5));
    assertEquals(3, cluster.living().size());
    cluster.apps.scale("web", 0, ANNA);
    cluster.settle();
    assertEquals(List.of(), cluster.backends("web"));
  }

  @Test
  void stoppingKeepsPlacesAndStartingComesBackToThem() {
    cluster.deploy(web(2));
    cluster.settle();
    List<Replica> before = cluster.living();
    cluster.apps.stop("web", ANNA);
    cluster.settle();
    assertEquals(List.of(), cluster.backends("web"));
    cluster.living().forEach(r -> assertEquals(ObservedState.stopped, r.observed().state()));
    cluster.advance(Duration.ofHours(2));
    cluster.apps.start("web", ANNA);
    cluster.settle();
    assertEquals(ids(before), ids(cluster.living()));
    assertEquals(2, cluster.backends("web").size());
  }

  private static List<String> ids(List<Replica> replicas) {
    return replicas.stream().map(Replica::id).toList();
  }

  @Test
  void restartingRestartsEveryReplicaOnce() {
    cluster.deploy(web(3));
    cluster.settle();
    cluster.apps.restart("web", ANNA);
    for (int i = 0; i < 3; i++) {
      cluster.settle();
      cluster.advance(DeploymentPlanner.WATCHED);
    }
    cluster.settle();
    assertEquals(
        List.of(1L, 1L, 1L), cluster.living().stream().map(Replica::restartGeneration).toList());
    assertEquals(3, cluster.backends("web").size());
  }

  @Test
  void removingTakesReplicasAndRoutesAndFreesTheName() {
    cluster.deploy(web(2));
    cluster.settle();
    cluster.apps.remove("web", ANNA);
    cluster.settle();
    assertEquals(List.of(), cluster.living());
    assertEquals(List.of(), database.read(h -> cluster.routes.all(h, 0)));
    assertEquals(1, cluster.deploy(web(1)).number());
  }

  @Test
  void addressesOfRemovedReplicasRestBeforeTheyAreGivenAgain() {
    cluster.deploy(web(1));
    String address = cluster.living().getFirst().address();
    cluster.apps.remove("web", ANNA);
    cluster.deploy(web(1));
    assertNotEquals(address, cluster.living().getFirst().address());
    cluster.advance(Duration.ofMinutes(11));
    cluster.apps.remove("web", ANNA);
    cluster.deploy(web(1));
    assertEquals(address, cluster.living().getFirst().address());
  }

  @Test
  void routesKeepAllBackendsWhenNoneLooksHealthy() {
    cluster.deploy(web(2));
    cluster.settle();
    cluster.behave("web@sha256:0", Behaviour.DEAF);
    cluster.settle();
    assertEquals(2, cluster.backends("web").size());
  }

  @Test
  void routesDoNotChangeBecauseANodeFallsSilent() {
    cluster.deploy(web(2));
    cluster.settle();
    List<String> before = cluster.backends("web");
    cluster.liveness("a", Liveness.suspect);
    cluster.advance(Duration.ofMinutes(10));
    assertEquals(before, cluster.backends("web"));
    assertEquals(List.of("a", "b"), cluster.where("web"));
  }

  @Test
  void aControlPlaneKilledInTheMiddleGoesOnWhereItWas() {
    cluster.deploy(web(2));
    cluster.report();
    reopen();
    TestCluster again = new TestCluster(database, folder);
    again.settle();
    assertEquals(2, again.backends("web").size());
  }

  @Test
  void whatAnotherNodeSaysOfAReplicaIsIgnoredAndNamed() {
    cluster.deploy(web(1));
    Replica onA = cluster.living().getFirst();
    ObservedWorkload claim =
        new ObservedWorkload(
            onA.id(), ObservedState.running, Health.healthy, null, null, 0, 0, null, 0);
    assertEquals(Set.of(onA.id()), cluster.observations.observed("n-b", List.of(claim), Set.of()));
    assertEquals(ObservedState.waiting, cluster.living().getFirst().observed().state());
    cluster.apps.remove("web", ANNA);
    assertEquals(Set.of(), cluster.observations.observed("n-a", List.of(claim), Set.of()));
  }

  @Test
  void aReplicaItsAgentNoLongerReportsDoesNotCountAsHealthy() {
    cluster.deploy(web(2));
    cluster.settle();
    Replica onA = cluster.living().getFirst();
    cluster.observations.observed("n-a", List.of(), Set.of(onA.id()));
    assertEquals(1, cluster.backends("web").size());
    cluster.settle();
    assertEquals(2, cluster.backends("web").size());
  }

  @Test
  void aSpecIsTheSameEveryTimeAndCarriesWhatTheAppNeeds() {
    cluster.deploy(web(2));
    List<WorkloadSpec> specs = database.read(h -> cluster.workloads.on(h, "n-a"));
    assertEquals(specs, database.read(h -> cluster.workloads.on(h, "n-a")));
    WorkloadSpec spec = specs.getFirst();
    assertEquals("web@" + TestCluster.DIGEST, spec.image());
    assertTrue(
        spec.env()
            .containsAll(List.of("PORT=8080", "TEMPS_APP=web", "TEMPS_NODE=a", "TEMPS_REPLICA=1")));
    assertTrue(spec.mac().startsWith("02:42:0a:d0"), spec.mac());
    assertEquals(List.of(), database.read(h -> cluster.workloads.on(h, "n-c")));
    assertEquals(2, new HashSet<>(cluster.living().stream().map(Replica::address).toList()).size());
    assertEquals(
        List.of("a", "b"),
        cluster.living().stream()
            .map(r -> r.nodeId().substring(2))
            .sorted()
            .collect(Collectors.toList()));
  }
}
