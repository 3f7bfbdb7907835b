package dev.temps.agent.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.workload.Action.Create;
import dev.temps.agent.workload.Action.Nothing;
import dev.temps.agent.workload.Action.Pull;
import dev.temps.agent.workload.Action.Remove;
import dev.temps.agent.workload.Action.Start;
import dev.temps.agent.workload.Action.Stop;
import dev.temps.contract.agent.WorkloadSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkloadPlannerTest {
  private static final Duration NOW = Duration.ofMinutes(10);
  private static final Patience PATIENCE = new Patience(new Random(1));

  static ContainerInfo container(WorkloadSpec spec, ContainerState state) {
    return container(spec, SpecHash.of(spec), state);
  }

  static ContainerInfo container(WorkloadSpec spec, String hash, ContainerState state) {
    Map<String, String> labels =
        Map.of(
            Labels.WORKLOAD,
            spec.id(),
            Labels.SPEC,
            hash,
            Labels.GENERATION,
            Long.toString(spec.restartGeneration()),
            Labels.GRACE,
            "7000");
    return new ContainerInfo(
        "id-" + spec.id(),
        spec.id(),
        "sha256:1",
        state,
        1,
        false,
        "",
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(2),
        false,
        labels);
  }

  private static Action plan(
      @Nullable WorkloadSpec spec, @Nullable ContainerInfo container, boolean imageHere) {
    Sight sight = new Sight("c-1", spec, container, imageHere, Memory.fresh(0));
    return WorkloadPlanner.plan(sight, NOW, null);
  }

  @Test
  void anImageThatIsNotHereIsPulledFirst() {
    assertInstanceOf(Pull.class, plan(Specs.spec(1), null, false));
    assertInstanceOf(Create.class, plan(Specs.spec(1), null, true));
  }

  @Test
  void aCreatedContainerIsStartedAndAnEndedOneIsStartedAgain() {
    WorkloadSpec spec = Specs.spec(1);
    var created = container(spec, ContainerState.created);
    assertEquals(new Start("c-1", false), plan(spec, created, true));
    var exited = container(spec, ContainerState.exited);
    assertEquals(new Start("c-1", true), plan(spec, exited, true));
  }

  @Test
  void aRunningContainerOfTheRightSpecIsLeftAlone() {
    WorkloadSpec spec = Specs.spec(1);
    var running = container(spec, ContainerState.running);
    assertInstanceOf(Nothing.class, plan(spec, running, true));
  }

  @Test
  void aContainerOfAnotherSpecIsStoppedThenRemoved() {
    WorkloadSpec spec = Specs.spec(1);
    var running = container(spec, "other", ContainerState.running);
    assertEquals(new Stop("c-1", Duration.ofSeconds(7)), plan(spec, running, true));
    var exited = container(spec, "other", ContainerState.exited);
    assertEquals(new Remove("c-1"), plan(spec, exited, true));
  }

  @Test
  void aHigherGenerationMakesTheContainerAnew() {
    var running = container(Specs.generation(1, 1), ContainerState.running);
    assertInstanceOf(Nothing.class, plan(Specs.generation(1, 1), running, true));
    assertInstanceOf(Stop.class, plan(Specs.generation(1, 2), running, true));
    assertInstanceOf(Nothing.class, plan(Specs.generation(1, 0), running, true));
  }

  @Test
  void aNewLoginOrGraceDoesNotTouchTheContainer() {
    WorkloadSpec spec = Specs.spec(1);
    var other =
        new WorkloadSpec(
            spec.id(),
            spec.app(),
            spec.image(),
            spec.imageId(),
            new dev.temps.contract.agent.RegistryLogin("r", "u", "p"),
            spec.env(),
            spec.command(),
            spec.address(),
            spec.mac(),
            spec.port(),
            spec.cpuMillis(),
            spec.memoryBytes(),
            spec.health(),
            spec.desired(),
            spec.restartGeneration(),
            9_999,
            spec.labels(),
            null,
            null);
    assertEquals(SpecHash.of(spec), SpecHash.of(other));
  }

  @Test
  void whatIsNotAssignedIsStoppedThenRemoved() {
    WorkloadSpec spec = Specs.spec(1);
    assertEquals(
        new Stop("c-1", Duration.ofSeconds(7)),
        plan(null, container(spec, ContainerState.running), true));
    assertEquals(new Remove("c-1"), plan(null, container(spec, ContainerState.exited), true));
    assertInstanceOf(Nothing.class, plan(null, null, true));
  }

  @Test
  void aStoppedWorkloadIsStoppedWithItsGraceAndKept() {
    WorkloadSpec spec = Specs.stopped(1);
    var running = container(spec, ContainerState.running);
    assertEquals(new Stop("c-1", Duration.ofSeconds(5)), plan(spec, running, true));
    var exited = container(spec, ContainerState.exited);
    assertInstanceOf(Nothing.class, plan(spec, exited, true));
    assertInstanceOf(Nothing.class, plan(spec, null, true));
  }

  @Test
  void aFailedStepWaitsButAnotherStepDoesNot() {
    WorkloadSpec spec = Specs.spec(1);
    Memory memory = Memory.fresh(0).failed(Step.start, "no", NOW, PATIENCE);
    var created = container(spec, ContainerState.created);
    Sight waiting = new Sight("c-1", spec, created, true, memory);
    Action action = WorkloadPlanner.plan(waiting, NOW, null);
    assertEquals(memory.notBefore(), assertInstanceOf(Nothing.class, action).until());
    assertInstanceOf(Start.class, WorkloadPlanner.plan(waiting, memory.notBefore(), null));
    Sight gone = new Sight("c-1", null, created, true, memory);
    assertInstanceOf(Remove.class, WorkloadPlanner.plan(gone, NOW, null));
  }

  @Test
  void nothingStartsWhileBlockedButPullsAndStopsGoOn() {
    WorkloadSpec spec = Specs.spec(1);
    Sight create = new Sight("c-1", spec, null, true, Memory.fresh(0));
    assertEquals(
        new Nothing("c-1", "no walls", null), WorkloadPlanner.plan(create, NOW, "no walls"));
    Sight pull = new Sight("c-1", spec, null, false, Memory.fresh(0));
    assertInstanceOf(Pull.class, WorkloadPlanner.plan(pull, NOW, "no walls"));
    var running = container(spec, ContainerState.running);
    Sight stop = new Sight("c-1", null, running, true, Memory.fresh(0));
    assertInstanceOf(Stop.class, WorkloadPlanner.plan(stop, NOW, "no walls"));
  }

  @Test
  void restartsWaitLongerEachTimeUntilAStableMinute() {
    Memory memory = Memory.fresh(0);
    long last = -1;
    for (int i = 1; i <= 8; i++) {
      memory = memory.sees(ended(i * 10L, 2), true, NOW, PATIENCE);
      long wait = memory.notBefore().minus(NOW).toMillis();
      assertEquals(true, wait > last || wait > 26_000, "wait " + i + " is " + wait);
      last = wait;
    }
    assertEquals(true, last < 34_000, "the cap is half a minute, give or take an eighth");
    memory = memory.sees(ended(1_000, 61), true, NOW, PATIENCE);
    assertEquals(NOW, memory.notBefore(), "after a stable minute it is at once again");
  }

  private static ContainerInfo ended(long at, long ran) {
    ContainerInfo c = container(Specs.spec(1), ContainerState.exited);
    Instant start = Instant.EPOCH.plusSeconds(at);
    return new ContainerInfo(
        c.id(),
        c.name(),
        c.imageId(),
        c.state(),
        1,
        false,
        "",
        start,
        start.plusSeconds(ran),
        false,
        c.labels());
  }

  @Test
  void theSameEndCountsOnce() {
    Memory once = Memory.fresh(0).sees(ended(10, 2), true, NOW, PATIENCE);
    assertEquals(once, once.sees(ended(10, 2), true, NOW.plusSeconds(9), PATIENCE));
  }

  @Test
  void anEndThatWasAskedForDoesNotCount() {
    Memory memory = Memory.fresh(0).sees(ended(10, 2), false, NOW, PATIENCE);
    assertEquals(0, memory.crashes());
    assertEquals(false, memory.mustWait(Step.start, NOW));
  }
}
