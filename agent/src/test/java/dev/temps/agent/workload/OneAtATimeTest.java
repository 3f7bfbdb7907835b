package dev.temps.agent.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.name.NamePlaces;
import dev.temps.agent.name.Resolvers;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.agent.volume.VolumeShelf;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Lease;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.VolumeMount;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.testing.FakeTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workloads with data and exclusive ones, on a fake engine and one thread. */
class OneAtATimeTest {
  @TempDir private Path folder = Path.of("");
  private final FakeTime time = new FakeTime();
  private final FakeRuntime engine = new FakeRuntime(time);
  private final NodeLease lease = NodeLease.inMemory(time);
  private WorkloadPart part = part();

  private WorkloadPart part() {
    return new WorkloadPart(
        engine,
        (address, port, path, timeout) -> Optional.empty(),
        time,
        new Random(3),
        Runnable::run,
        Optional::empty,
        shelf(),
        lease,
        new Resolvers(new NamePlaces(Path.of("none")), () -> null));
  }

  private VolumeShelf shelf() {
    return new VolumeShelf(folder.resolve("volumes"), "cluster", time);
  }

  @BeforeEach
  void image() {
    part = part();
    engine.offerImage(Specs.IMAGE, "amd64", null);
  }

  private static WorkloadSpec with(WorkloadSpec s, boolean data, boolean made, boolean exclusive) {
    List<VolumeMount> mounts = List.of(new VolumeMount("v-1", "data", "/data", 1, made));
    return new WorkloadSpec(
        s.id(),
        s.app(),
        s.image(),
        s.imageId(),
        s.login(),
        s.env(),
        s.command(),
        s.address(),
        s.mac(),
        s.port(),
        s.cpuMillis(),
        s.memoryBytes(),
        s.health(),
        s.desired(),
        s.restartGeneration(),
        s.stopGraceMillis(),
        s.labels(),
        data ? mounts : null,
        exclusive);
  }

  private static WorkloadSpec data(int number, boolean made) {
    return with(Specs.spec(number), true, made, false);
  }

  private static WorkloadSpec exclusive(Desired desired, long generation) {
    WorkloadSpec spec = Specs.spec(1, Specs.IMAGE, null, desired, generation, 8080, null);
    return with(spec, false, false, true);
  }

  private void assign(long revision, WorkloadSpec... specs) {
    part.assign(Specs.assign(revision, specs));
    part.step();
    part.step();
  }

  private ObservedWorkload seen(String id) {
    return part.observed().stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aContainerGetsItsVolumeAndKeepsItOverItsLife() {
    assign(1, data(1, false));
    assertEquals(ObservedState.running, seen("c-1").state());
    assertEquals("/data", engine.spec("c-1").volumes().getFirst().path());
    assertTrue(Files.isDirectory(shelf().data("v-1")));
    assign(2, data(1, true));
    assertEquals(1, engine.starts("c-1"), "that it was made is no reason to make it anew");
  }

  @Test
  void aContainerDoesNotStartOnAVolumeThatShouldHoldDataAndDoesNot() {
    assign(1, data(1, true));
    assertEquals(ObservedState.failed, seen("c-1").state());
    String why = String.valueOf(seen("c-1").reason());
    assertTrue(why.contains("should hold data") && why.contains(folder.toString()), why);
    assertTrue(engine.container("c-1").isEmpty());
  }

  @Test
  void twoNeverWriteOneVolume() {
    assign(1, data(1, false));
    engine.fail("stop c-1", dev.temps.agent.runtime.EngineException.Kind.slow, "it takes long");
    assign(2, data(2, true));
    String why = String.valueOf(seen("c-2").reason());
    assertTrue(why.contains("waits until c-1"), why);
    engine.mend("stop c-1");
    time.advance(Duration.ofMinutes(1));
    part.step();
    part.step();
    assertEquals(ObservedState.running, seen("c-2").state());
  }

  @Test
  void whatIsGivenUpIsSetAsideOnceItsContainerIsGone() {
    assign(1, data(1, false));
    Path data = shelf().data("v-1");
    part.assign(
        new dev.temps.contract.agent.Assignment.Workloads(
            2, "h", List.of(), List.of(new RemovedVolume("v-1", 1))));
    part.step();
    part.step();
    assertTrue(Files.notExists(data));
  }

  @Test
  void anExclusiveOneStartsOnlyUnderALeaseAndEndsWithIt() {
    assign(1, exclusive(Desired.running, 0));
    assertEquals(ObservedState.waiting, seen("c-1").state());
    assertTrue(String.valueOf(seen("c-1").reason()).startsWith("exclusive: "));
    lease.renew(time.elapsed());
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
    part.step();
    assertEquals(Optional.of(lease.stopsAt().orElseThrow()), part.nextDue(), "it is looked again");
    time.advance(Lease.STOPS_AFTER);
    part.step();
    assertEquals(ObservedState.exited, seen("c-1").state());
    assertTrue(String.valueOf(seen("c-1").reason()).startsWith("exclusive: "));
    part.step();
    assertEquals(1, engine.starts("c-1"));
    lease.renew(time.elapsed());
    part.step();
    assertEquals(ObservedState.running, seen("c-1").state());
  }

  @Test
  void theAnswerToBeingEndedIsKnownFromOlderOnes() {
    lease.renew(time.elapsed());
    assign(1, exclusive(Desired.stopped, 0));
    assertEquals(0, seen("c-1").restartGeneration());
    assign(2, exclusive(Desired.running, 0));
    assign(3, exclusive(Desired.stopped, 1));
    assertEquals(ObservedState.stopped, seen("c-1").state());
    assertEquals(1, seen("c-1").restartGeneration());
  }
}
