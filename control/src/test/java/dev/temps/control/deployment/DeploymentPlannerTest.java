package dev.temps.control.deployment;

import static dev.temps.control.deployment.DeploymentState.failed;
import static dev.temps.control.deployment.DeploymentState.serving;
import static dev.temps.control.deployment.DeploymentState.starting;
import static dev.temps.control.deployment.DeploymentState.superseded;
import static dev.temps.control.deployment.Worlds.NOW;
import static dev.temps.control.deployment.Worlds.fresh;
import static dev.temps.control.deployment.Worlds.healthy;
import static dev.temps.control.deployment.Worlds.replica;
import static dev.temps.control.deployment.Worlds.restarting;
import static dev.temps.control.deployment.Worlds.retired;
import static dev.temps.control.deployment.Worlds.wanting;
import static dev.temps.control.deployment.Worlds.wishing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentPlannerTest {
  private static <T extends Step> T only(Class<T> type, List<Step> steps) {
    assertEquals(1, steps.size(), steps::toString);
    return assertInstanceOf(type, steps.getFirst());
  }

  private static List<String> ids(List<Replica> replicas) {
    return replicas.stream().map(Replica::id).toList();
  }

  @Test
  void aReleaseThatServesAsWishedNeedsNothing() {
    assertEquals(List.of(), wishing(2).release(1, serving, healthy("n-a"), healthy("n-b")).plan());
  }

  @Test
  void waitsWhileOneReplicaIsNotHealthyYet() {
    assertEquals(
        List.of(),
        wishing(2)
            .release(1, serving, healthy("n-a"), healthy("n-b"))
            .release(2, starting, healthy("n-a"), fresh("n-b"))
            .plan());
  }

  @Test
  void switchesWhenAllNewReplicasAreHealthy() {
    Step.Switch to =
        only(
            Step.Switch.class,
            wishing(2)
                .release(1, serving, healthy("n-a"), healthy("n-b"))
                .release(2, starting, healthy("n-a"), healthy("n-b"))
                .plan());
    assertEquals(2, to.release().number());
    assertEquals("all 2 replicas are healthy", to.why());
  }

  @Test
  void switchesAtOnceWithoutReplicas() {
    only(Step.Switch.class, wishing(0).release(1, starting).plan());
  }

  @Test
  void stopsOldReplicasOnlyAfterThePause() {
    Replica justLeft = retired(healthy("n-a"), NOW - 4_999);
    Replica left = retired(healthy("n-b"), NOW - 5_000);
    Step.Remove remove =
        only(
            Step.Remove.class,
            wishing(1)
                .release(1, superseded, justLeft, left)
                .release(2, serving, healthy("n-a"))
                .plan());
    assertEquals(List.of("d-1/2"), ids(remove.replicas()));
  }

  @Test
  void retiresWhatAnEndedReleaseLeftBehind() {
    only(
        Step.Retire.class,
        wishing(1).release(1, failed, fresh("n-a")).release(2, serving, healthy("n-a")).plan());
  }

  @Test
  void theNewestReleaseWins() {
    Step.Supersede superseded =
        only(
            Step.Supersede.class,
            wishing(1)
                .release(1, serving, healthy("n-a"))
                .release(2, starting, fresh("n-a"))
                .release(3, starting, fresh("n-b"))
                .plan());
    assertEquals(2, superseded.release().number());
  }

  @Test
  void aCrashLoopEndsTheReleaseAndNamesTheReplicaAndItsExitCode() {
    Replica crashing =
        replica("n-b", ObservedState.exited, Health.unknown, 3, NOW - 10, "no such file");
    Step.Fail fail =
        only(
            Step.Fail.class,
            wishing(2)
                .release(1, serving, healthy("n-a"), healthy("n-b"))
                .release(2, starting, healthy("n-a"), crashing)
                .plan());
    assertEquals(
        "web-2 on beta keeps ending: started again 3 times, last exit code 7: no such file",
        fail.why());
    assertEquals("d-2/2", fail.culprit().id());
  }

  @Test
  void aReplicaThatNeverAnswersEndsTheReleaseAfterAMinute() {
    Replica deaf = replica("n-a", ObservedState.running, Health.unhealthy, 0, NOW - 59_999, null);
    assertEquals(List.of(), wishing(1).release(1, starting, deaf).plan());
    Replica longDeaf =
        replica("n-a", ObservedState.running, Health.unhealthy, 0, NOW - 60_000, null);
    assertEquals(
        "web-1 on alpha is up but has not answered /health on port 8080 for a minute",
        only(Step.Fail.class, wishing(1).release(1, starting, longDeaf).plan()).why());
  }

  @Test
  void anAgentThatGaveUpEndsTheRelease() {
    Replica hopeless =
        replica("n-a", ObservedState.failed, Health.unknown, 0, NOW - 10, "no such image");
    assertEquals(
        "web-1 on alpha failed: no such image",
        only(Step.Fail.class, wishing(1).release(1, starting, hopeless).plan()).why());
  }

  @Test
  void aSilentNodeEndsTheReleaseAfterAMinuteAndNotBefore() {
    Replica waiting = replica("n-b", ObservedState.waiting, Health.unknown, 0, NOW - 1, null);
    assertEquals(List.of(), wishing(1).silent("n-b").release(1, starting, waiting).plan());
    Replica lost = replica("n-b", ObservedState.starting, Health.unknown, 0, NOW - 60_000, null);
    assertTrue(
        only(Step.Fail.class, wishing(1).silent("n-b").release(1, starting, lost).plan())
            .why()
            .contains("not been heard of"));
  }

  @Test
  void aServingReleaseIsNeverEndedByItsTroubles() {
    Replica crashing = replica("n-a", ObservedState.exited, Health.unhealthy, 99, 0, "out");
    assertEquals(List.of(), wishing(1).release(1, serving, crashing).plan());
  }

  @Test
  void replicasOnASilentNodeAreNotReplacedYet() {
    assertEquals(
        List.of(),
        wishing(2).silent("n-a").release(1, serving, healthy("n-a"), healthy("n-b")).plan());
  }

  @Test
  void scalingUpPlacesWhatIsMissing() {
    Step.Place place =
        only(Step.Place.class, wishing(3).release(1, serving, healthy("n-a")).plan());
    assertEquals(2, place.count());
  }

  @Test
  void scalingDownTakesFromTheMostCrowdedNodeFirst() {
    Step.Retire retire =
        only(
            Step.Retire.class,
            wishing(2)
                .crowd("n-a", 9)
                .release(1, serving, healthy("n-a"), healthy("n-a"), healthy("n-b"), healthy("n-b"))
                .plan());
    assertEquals(List.of("d-1/2", "d-1/4"), ids(retire.replicas()));
  }

  @Test
  void scalingDownTakesWhatDoesNotServeBeforeWhatDoes() {
    Step.Retire retire =
        only(
            Step.Retire.class,
            wishing(1).release(1, serving, fresh("n-b"), healthy("n-a"), healthy("n-a")).plan());
    assertEquals(List.of("d-1/1", "d-1/3"), ids(retire.replicas()));
  }

  @Test
  void aStoppedAppStopsAllAndDecidesNothingElse() {
    Step.Want want =
        only(
            Step.Want.class,
            wishing(2)
                .stopped()
                .release(1, serving, healthy("n-a"))
                .release(2, starting, healthy("n-a"))
                .plan());
    assertEquals(Desired.stopped, want.desired());
    assertEquals(List.of("d-1/1", "d-2/1"), ids(want.replicas()));
  }

  @Test
  void aStartedAppStartsWhatWasStopped() {
    Replica asleep =
        wanting(replica("n-a", ObservedState.stopped, Health.unknown, 0, 0, null), Desired.stopped);
    Step.Want want = only(Step.Want.class, wishing(1).release(1, serving, asleep).plan());
    assertEquals(Desired.running, want.desired());
  }

  @Test
  void restartsOneHealthyReplicaAtATime() {
    Worlds world =
        wishing(2).restartGeneration(1).release(1, serving, healthy("n-a"), healthy("n-b"));
    assertEquals("d-1/1", only(Step.Restart.class, world.plan()).replica().id());
    assertEquals(
        List.of(),
        wishing(2)
            .restartGeneration(1)
            .release(1, serving, restarting(healthy("n-a"), 1, 0), healthy("n-b"))
            .plan());
    Replica fresh = restarting(healthy("n-a"), 1, 1, Worlds.NOW - 2_900);
    assertEquals(
        List.of(),
        wishing(2).restartGeneration(1).release(1, serving, fresh, healthy("n-b")).plan(),
        "ingress nodes may not have heard of it yet");
    Replica settled = restarting(healthy("n-a"), 1, 1, Worlds.NOW - 3_000);
    assertEquals(
        "d-1/2",
        only(
                Step.Restart.class,
                wishing(2).restartGeneration(1).release(1, serving, settled, healthy("n-b")).plan())
            .replica()
            .id());
  }

  @Test
  void restartsWhatDoesNotServeAtOnce() {
    Replica down = replica("n-a", ObservedState.exited, Health.unhealthy, 5, 0, null);
    List<Step> steps =
        wishing(3).restartGeneration(2).release(1, serving, down, down, healthy("n-b")).plan();
    assertEquals(2, steps.size(), steps::toString);
    steps.forEach(step -> assertEquals(2, assertInstanceOf(Step.Restart.class, step).generation()));
  }
}
