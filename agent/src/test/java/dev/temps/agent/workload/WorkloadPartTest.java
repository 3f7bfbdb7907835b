package dev.temps.agent.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.name.Here;
import dev.temps.agent.name.NamePlaces;
import dev.temps.agent.name.Resolvers;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.agent.volume.VolumeShelf;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.testing.FakeTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part on a fake engine, step by step on one thread. */
class WorkloadPartTest {
  private final FakeTime time = new FakeTime();
  private static final MeshSelf SELF =
      new MeshSelf(
          "10.208.0.0/12",
          "10.208.0.2",
          "10.208.17.0/24",
          "10.208.17.1",
          "10.208.17.2",
          51_820,
          1370);
  private static final Here HERE = new Here(SELF, "n-2", null);

  private final FakeRuntime engine = new FakeRuntime(time);
  private final AtomicReference<Optional<String>> blocked = new AtomicReference<>(Optional.empty());
  private final AtomicInteger changes = new AtomicInteger();
  @TempDir private Path folder = Path.of("");
  private WorkloadPart part = newPart();

  private WorkloadPart newPart() {
    HealthProbe probe = (address, port, path, timeout) -> Optional.empty();
    WorkloadPart made =
        new WorkloadPart(
            engine,
            probe,
            time,
            new Random(3),
            Runnable::run,
            blocked::get,
            new VolumeShelf(Path.of("none"), "cluster", time),
            NodeLease.inMemory(time),
            new Resolvers(new NamePlaces(folder.resolve("names")), () -> HERE));
    made.onChange(changes::incrementAndGet);
    return made;
  }

  @BeforeEach
  void theRegistryHasTheImage() {
    engine.offerImage(Specs.IMAGE, "amd64", null);
  }

  private ObservedWorkload seen(String id) {
    return part.observed().stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }

  private String reason(String id) {
    return String.valueOf(seen(id).reason());
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      part.step();
    }
  }

  private void crash(int exitCode) {
    time.advance(Duration.ofSeconds(1));
    engine.crash("c-1", exitCode);
  }

  @Test
  void anAssignedWorkloadIsPulledCreatedAndStarted() {
    part.assign(Specs.assign(4, Specs.spec(1)));
    assertEquals(List.of(), part.observed(), "nothing is known before a look");
    assertEquals(-1, part.appliedRevision());
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
    assertEquals(4, part.appliedRevision());
    ContainerSpec made = engine.spec("c-1");
    assertEquals(
        new ContainerSpec.Attachment("temps", "10.208.17.1", "02:42:0a:d0:11:01"), made.network());
    assertEquals(500, made.cpuMillis());
    assertEquals(64 << 20, made.memoryBytes());
    assertEquals("web", made.labels().get(Labels.APP));
    assertEquals("shop", made.labels().get("temps.project"));
    assertTrue(changes.get() >= 1);
  }

  @Test
  void aContainerFindsNamesOfItsProjectAndKeepsTheDomainItWasMadeWith() throws Exception {
    part = newPart();
    WorkloadSpec shop = Specs.searching(Specs.spec(1), "shop.temps.internal");
    part.assign(Specs.assign(1, shop, Specs.spec(2)));
    part.step();
    String file = Objects.requireNonNull(engine.spec("c-1").resolver());
    assertTrue(Files.readString(Path.of(file)).contains("search shop.temps.internal\n"), file);
    assertNull(engine.spec("c-2").resolver(), "from a control plane that knows no names");
    part.assign(Specs.assign(2, Specs.searching(shop, "store.temps.internal"), Specs.spec(2)));
    steps(3);
    assertEquals(1, engine.starts("c-1"), "nothing is made anew");
    assertEquals(file, engine.spec("c-1").resolver());
  }

  @Test
  void stepsOnAQuietNodeChangeAndReportNothing() {
    part.assign(Specs.assign(1, Specs.spec(1), Specs.spec(2)));
    steps(2);
    int before = changes.get();
    steps(5);
    assertEquals(before, changes.get());
    assertEquals(1, engine.starts("c-1"));
  }

  @Test
  void aCrashedContainerIsStartedAgainAndCounted() {
    part.assign(Specs.assign(1, Specs.spec(1)));
    part.step();
    crash(3);
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
    assertEquals(1, seen("c-1").restarts());
    crash(3);
    part.step();
    assertEquals(ObservedState.exited, seen("c-1").state());
    assertEquals(3, seen("c-1").exitCode());
    assertTrue(reason("c-1").contains("exit code 3"), reason("c-1"));
    Duration due = part.nextDue().orElseThrow();
    time.advance(due.minus(time.elapsed()));
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
    assertEquals(2, seen("c-1").restarts());
  }

  @Test
  void aContainerEndedForItsMemorySaysSo() {
    part.assign(Specs.assign(1, Specs.spec(1)));
    part.step();
    time.advance(Duration.ofSeconds(1));
    engine.outOfMemory("c-1");
    part.step();
    time.advance(Duration.ofSeconds(1));
    engine.outOfMemory("c-1");
    part.step();
    assertTrue(reason("c-1").contains("limit of 64 MiB"), reason("c-1"));
  }

  @Test
  void whatIsNoLongerAssignedIsRemovedAndLeavesTheReport() {
    part.assign(Specs.assign(1, Specs.spec(1), Specs.spec(2)));
    part.step();
    part.assign(Specs.assign(2, Specs.spec(2)));
    steps(2);
    assertTrue(engine.container("c-1").isEmpty());
    assertEquals(List.of("c-2"), part.observed().stream().map(ObservedWorkload::id).toList());
    assertEquals(1, engine.starts("c-2"));
  }

  @Test
  void aNewAgentAdoptsWhatRunsAndRestartsNothing() {
    part.assign(Specs.assign(1, Specs.spec(1), Specs.spec(2)));
    part.step();
    part = newPart();
    part.step();
    part.assign(Specs.assign(1, Specs.spec(1), Specs.spec(2)));
    assertEquals(List.of(), part.observed());
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
    assertEquals(Health.healthy, seen("c-1").health(), "its first report knows their health");
    steps(3);
    assertEquals(1, engine.starts("c-1"));
    assertEquals(1, engine.starts("c-2"));
    assertEquals(0, seen("c-1").restarts());
  }

  @Test
  void beforeTheFirstAssignmentNothingIsRemoved() {
    part.assign(Specs.assign(1, Specs.spec(1)));
    part.step();
    part = newPart();
    steps(3);
    assertTrue(engine.container("c-1").orElseThrow().state().alive());
    part.assign(Specs.assign(2));
    steps(2);
    assertTrue(engine.container("c-1").isEmpty());
  }

  @Test
  void containersOfOthersAreNeverTouched() {
    engine.haveImage("other:1", "amd64");
    engine.create(
        new ContainerSpec(
            "theirs",
            "other:1",
            List.of(),
            List.of("sleep", "9"),
            Map.of(),
            null,
            false,
            0,
            0,
            List.of()));
    engine.start("theirs");
    part.assign(Specs.assign(1));
    steps(2);
    assertTrue(engine.container("theirs").orElseThrow().state().alive());
    assertEquals(List.of(), part.observed());
  }

  @Test
  void aFailedPullSaysWhyAndIsTriedAgain() {
    engine.fail("pull " + Specs.IMAGE, Kind.refused, "dial tcp: no route to host");
    part.assign(Specs.assign(1, Specs.spec(1)));
    steps(2);
    assertEquals(ObservedState.failed, seen("c-1").state());
    assertTrue(reason("c-1").contains("no route to host"), reason("c-1"));
    assertEquals(1, part.appliedRevision(), "applied does not mean that it runs");
    engine.mend("pull " + Specs.IMAGE);
    part.step();
    assertEquals(ObservedState.failed, seen("c-1").state(), "it waits a second first");
    time.advance(Duration.ofSeconds(2));
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
    assertNull(seen("c-1").reason());
  }

  @Test
  void aFailureIsToldOfTheRestartItIsAbout() {
    part.assign(Specs.assign(1, Specs.spec(1)));
    part.step();
    engine.fail("create c-1", Kind.refused, "no space left on device");
    part.assign(Specs.assign(2, Specs.generation(1, 5)));
    steps(3);
    assertEquals(ObservedState.failed, seen("c-1").state());
    assertEquals(5, seen("c-1").restartGeneration());
  }

  @Test
  void anImageThatIsNowhereSaysSo() {
    part.assign(Specs.assign(1, Specs.withImage(1, "registry.test/nope:1", null)));
    part.step();
    assertTrue(reason("c-1").contains("does not exist in its registry"), reason("c-1"));
  }

  @Test
  void aFullDiskAndATakenAddressAreSaidInWords() {
    engine.fail("create c-1", Kind.refused, "mkdir /var/lib/docker/x: no space left on device");
    engine.fail("start c-2", Kind.refused, "driver failed: Address already in use");
    part.assign(Specs.assign(1, Specs.spec(1), Specs.spec(2)));
    part.step();
    assertTrue(reason("c-1").contains("no space left on this node's disk"), reason("c-1"));
    assertTrue(reason("c-2").contains("address 10.208.17.2 is still used"), reason("c-2"));
  }

  @Test
  void anImageForAnotherArchitectureSaysSoWhenItEnds() {
    engine.offerImage("registry.test/arm:1", "arm64", null);
    part.assign(Specs.assign(1, Specs.withImage(1, "registry.test/arm:1", null)));
    part.step();
    crash(1);
    part.step();
    crash(1);
    part.step();
    assertTrue(reason("c-1").startsWith("exec format error"), reason("c-1"));
    assertTrue(reason("c-1").contains("arm64"), reason("c-1"));
  }

  @Test
  void aLocalImageIsUsedByItsIdAndNeverPulled() {
    String id = engine.haveImage("mine:1", "amd64");
    part.assign(Specs.assign(1, Specs.withImage(1, "mine:1", id)));
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
    assertEquals(id, engine.spec("c-1").image());
  }

  @Test
  void anotherLocalImageOfThatNameIsRefusedInWords() {
    String id = engine.haveImage("mine:1", "amd64");
    part.assign(Specs.assign(1, Specs.withImage(1, "mine:1", "sha256:other")));
    part.step();
    assertEquals(ObservedState.failed, seen("c-1").state());
    assertTrue(reason("c-1").contains(id), reason("c-1"));
    assertTrue(reason("c-1").contains("not sha256:other as deployed"), reason("c-1"));
  }

  @Test
  void aNameTakenByAForeignContainerIsNotFoughtOver() {
    engine.haveImage("other:1", "amd64");
    engine.create(
        new ContainerSpec(
            "c-1",
            "other:1",
            List.of(),
            List.of("sleep", "9"),
            Map.of(),
            null,
            false,
            0,
            0,
            List.of()));
    part.assign(Specs.assign(1, Specs.spec(1)));
    steps(2);
    assertEquals(ObservedState.failed, seen("c-1").state());
    assertTrue(reason("c-1").contains("already in use"), reason("c-1"));
    assertTrue(engine.container("c-1").isPresent());
  }

  @Test
  void stoppedMeansStoppedAndRunningAgainMeansTheSameContainer() {
    part.assign(Specs.assign(1, Specs.spec(1)));
    part.step();
    String id = String.valueOf(seen("c-1").containerId());
    part.assign(Specs.assign(2, Specs.stopped(1)));
    steps(2);
    assertEquals(ObservedState.stopped, seen("c-1").state());
    part.assign(Specs.assign(3, Specs.spec(1)));
    steps(2);
    assertEquals(ObservedState.running, seen("c-1").state());
    assertEquals(id, seen("c-1").containerId());
  }

  @Test
  void aHigherGenerationRestartsOnceAndIsReported() {
    part.assign(Specs.assign(1, Specs.spec(1)));
    part.step();
    String id = String.valueOf(seen("c-1").containerId());
    part.assign(Specs.assign(2, Specs.generation(1, 1)));
    steps(3);
    assertEquals(1, seen("c-1").restartGeneration());
    assertEquals(ObservedState.running, seen("c-1").state());
    assertNotEquals(id, seen("c-1").containerId());
    part = newPart();
    part.assign(Specs.assign(2, Specs.generation(1, 1)));
    steps(2);
    assertEquals(1, engine.starts("c-1"), "a new agent doesn't carry it out again");
  }

  @Test
  void anEngineThatIsAwayIsAConditionAndItsReturnStartsEverythingAgain() {
    part.assign(Specs.assign(1, Specs.spec(1)));
    part.step();
    engine.running(false);
    assertThrows(EngineException.class, part::step);
    assertFalse(part.conditions().getFirst().ok());
    assertTrue(part.conditions().getFirst().detail().contains("is it running?"));
    engine.running(true);
    part.step();
    assertTrue(part.conditions().getFirst().ok());
    assertEquals(ObservedState.running, seen("c-1").state());
    assertEquals(2, engine.starts("c-1"));
  }

  @Test
  void containersWaitForTheWallsAndSayWhatTheyWaitFor() {
    blocked.set(Optional.of("the mesh is not set up yet"));
    part.assign(Specs.assign(1, Specs.spec(1)));
    steps(2);
    assertEquals(ObservedState.waiting, seen("c-1").state());
    assertEquals("the mesh is not set up yet", seen("c-1").reason());
    blocked.set(Optional.empty());
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
  }
}
