package dev.temps.control.deployment;

import static dev.temps.control.deployment.DeploymentState.serving;
import static dev.temps.control.deployment.DeploymentState.starting;
import static dev.temps.control.deployment.Worlds.fresh;
import static dev.temps.control.deployment.Worlds.healthy;
import static dev.temps.control.deployment.Worlds.numbered;
import static dev.temps.control.deployment.Worlds.wishing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.temps.contract.agent.Desired;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas leave nodes that are being emptied or are gone, and never too early. */
class RelocationTest {
  private static <T extends Step> T only(Class<T> type, List<Step> steps) {
    assertEquals(1, steps.size(), steps::toString);
    return assertInstanceOf(type, steps.getFirst());
  }

  @Test
  void aReplicaOfANodeBeingEmptiedGetsASuccessorFirst() {
    Step.Succeed step =
        only(
            Step.Succeed.class,
            wishing(2).emptying("n-a").release(1, serving, healthy("n-a"), healthy("n-b")).plan());
    assertEquals("d-1/1", step.replica().id());
    assertEquals("alpha is being emptied", step.why());
  }

  @Test
  void itStaysWhileItsSuccessorCanNotAnswer() {
    assertEquals(
        List.of(),
        wishing(1)
            .emptying("n-a")
            .release(1, serving, numbered(1, healthy("n-a")), numbered(1, fresh("n-b")))
            .plan());
  }

  @Test
  void itLeavesWhenItsSuccessorAnswers() {
    Step.Retire step =
        only(
            Step.Retire.class,
            wishing(1)
                .emptying("n-a")
                .release(1, serving, numbered(1, healthy("n-a")), numbered(1, healthy("n-b")))
                .plan());
    assertEquals("n-a", step.replicas().getFirst().nodeId());
    assertEquals("alpha is being emptied; its successor is on beta", step.why());
  }

  @Test
  void oneThatServesWithARestartOutstandingStaysUntilItsSuccessorAnswers() {
    List<Step> steps =
        wishing(1)
            .restartGeneration(1)
            .emptying("n-a")
            .release(
                1,
                serving,
                numbered(1, Worlds.restarting(healthy("n-a"), 1, 0)),
                numbered(1, fresh("n-b")))
            .plan();
    assertEquals(List.of(), steps.stream().filter(Step.Retire.class::isInstance).toList());
  }

  @Test
  void aSuccessorThatIsNotNeededAnyMoreGoes() {
    Replica stays = numbered(1, healthy("n-a"));
    Replica early = numbered(1, fresh("n-b"));
    Step.Retire step = only(Step.Retire.class, wishing(1).release(1, serving, stays, early).plan());
    assertEquals("n-b", step.replicas().getFirst().nodeId());
    Replica sick = numbered(1, fresh("n-a"));
    Replica ready = numbered(1, healthy("n-b"));
    Step.Retire other = only(Step.Retire.class, wishing(1).release(1, serving, sick, ready).plan());
    assertEquals("n-a", other.replicas().getFirst().nodeId());
  }

  @Test
  void aReplicaOfANodeThatIsGoneIsNotWaitedFor() {
    Step.Succeed step =
        only(Step.Succeed.class, wishing(1).down("n-a").release(1, serving, healthy("n-a")).plan());
    assertEquals("alpha is down", step.why());
    Step.Retire retire =
        only(
            Step.Retire.class,
            wishing(1)
                .down("n-a")
                .release(1, serving, numbered(1, healthy("n-a")), numbered(1, fresh("n-b")))
                .plan());
    assertEquals("n-a", retire.replicas().getFirst().nodeId());
  }

  @Test
  void aSilentNodeThatMayStillLiveKeepsItsReplicas() {
    assertEquals(List.of(), wishing(1).silent("n-a").release(1, serving, healthy("n-a")).plan());
  }

  @Test
  void anEmptiedNodeDoesNotStartAllSuccessorsAtOnce() {
    Replica[] more = new Replica[Relocation.AT_ONCE + 2];
    for (int i = 0; i < more.length; i++) {
      more[i] = healthy("n-a");
    }
    long started =
        wishing(more.length).emptying("n-a").release(1, serving, more).plan().stream()
            .filter(Step.Succeed.class::isInstance)
            .count();
    assertEquals(Relocation.AT_ONCE, started);
    long ofADeadNode =
        wishing(more.length).down("n-a").release(1, serving, more).plan().stream()
            .filter(Step.Succeed.class::isInstance)
            .count();
    assertEquals(more.length, ofADeadNode);
  }

  @Test
  void aStoppedAppMovesWithoutWaitingForHealth() {
    Step.Retire step =
        only(
            Step.Retire.class,
            wishing(1)
                .stopped()
                .emptying("n-a")
                .release(
                    1,
                    serving,
                    numbered(1, Worlds.wanting(fresh("n-a"), Desired.stopped)),
                    numbered(1, Worlds.wanting(fresh("n-b"), Desired.stopped)))
                .plan());
    assertEquals("n-a", step.replicas().getFirst().nodeId());
  }

  @Test
  void aReplicaAndItsSuccessorCountOnceWhenScaledDown() {
    Step.Retire step =
        only(
            Step.Retire.class,
            wishing(1)
                .emptying("n-a")
                .release(
                    1,
                    serving,
                    numbered(1, healthy("n-b")),
                    numbered(2, healthy("n-a")),
                    numbered(2, fresh("n-b")))
                .plan());
    assertEquals(2, step.replicas().size());
    assertEquals(2, step.replicas().getFirst().ordinal());
  }

  @Test
  void aReleaseThatStartsWhileItsNodeDiesGoesOnElsewhere() {
    List<Step> steps =
        wishing(1)
            .down("n-a")
            .release(1, serving, healthy("n-b"))
            .release(2, starting, fresh("n-a"))
            .plan();
    assertEquals(2, only(Step.Succeed.class, steps).release().number());
  }
}
