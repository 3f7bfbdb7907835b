package dev.temps.agent.workload;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.agent.name.NamePlaces;
import dev.temps.agent.name.Resolvers;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.agent.volume.VolumeShelf;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The part with its threads, on a fake engine. */
class WorkloadLoopsTest {
  private static final Duration SOON = Duration.ofSeconds(4); // less than the pause between looks

  private final FakeRuntime engine = new FakeRuntime(Time.system());
  private final Set<String> deaf = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final WorkloadPart part =
      new WorkloadPart(
          engine,
          (address, port, path, timeout) ->
              deaf.contains(address) ? Optional.of("connection refused") : Optional.empty(),
          Time.system(),
          new Random(5),
          workers,
          Optional::empty,
          new VolumeShelf(Path.of("none"), "cluster", Time.system()),
          NodeLease.inMemory(Time.system()),
          new Resolvers(new NamePlaces(Path.of("none")), () -> null));
  private final WorkloadLoops loops =
      WorkloadLoops.start(part, engine, Time.system(), new Random(6));

  @AfterEach
  void end() {
    loops.close();
    workers.shutdownNow();
  }

  private boolean is(String id, ObservedState state) {
    return part.observed().stream().anyMatch(o -> o.id().equals(id) && o.state() == state);
  }

  private void awaitState(String id, ObservedState state) {
    eventually(SOON, id + " is " + state, () -> is(id, state), () -> part.observed().toString());
  }

  private void awaitHealth(String id, Health health) {
    eventually(
        SOON,
        id + " is " + health,
        () -> part.observed().stream().anyMatch(o -> o.id().equals(id) && o.health() == health),
        () -> part.observed().toString());
  }

  @Test
  void oneSlowPullHoldsUpNobodyAndEndsWhenNobodyWantsIt() {
    engine.offerImage(Specs.IMAGE, "amd64", null);
    engine.offerImage("slow:1", "amd64", null);
    engine.hang("pull slow:1");
    var slow = Specs.withImage(1, "slow:1", null);
    part.assign(Specs.assign(1, slow, Specs.spec(2), Specs.spec(3)));
    awaitState("c-2", ObservedState.running);
    awaitState("c-3", ObservedState.running);
    awaitState("c-1", ObservedState.pulling);
    part.assign(Specs.assign(2, Specs.spec(2), Specs.spec(3)));
    eventually(SOON, "the pull is given up", () -> part.observed().size() == 2);
  }

  @Test
  void aCrashIsMendedAtOnceByTheEnginesEvent() {
    engine.offerImage(Specs.IMAGE, "amd64", null);
    part.assign(Specs.assign(1, Specs.spec(1)));
    awaitState("c-1", ObservedState.running);
    engine.crash("c-1", 1);
    eventually(SOON, "it was started again", () -> engine.starts("c-1") == 2);
    awaitState("c-1", ObservedState.running);
  }

  @Test
  void healthIsSeenSoonAfterTheStartAndWhenItIsLost() {
    engine.offerImage(Specs.IMAGE, "amd64", null);
    deaf.add("10.208.17.1");
    part.assign(Specs.assign(1, Specs.spec(1)));
    awaitState("c-1", ObservedState.running);
    eventually(
        SOON,
        "the report says what is missing",
        () -> "connection refused".equals(part.observed().getFirst().reason()));
    assertEquals(Health.unknown, part.observed().getFirst().health());
    deaf.clear();
    awaitHealth("c-1", Health.healthy);
    deaf.add("10.208.17.1");
    awaitHealth("c-1", Health.unhealthy);
    deaf.clear();
    awaitHealth("c-1", Health.healthy);
  }
}
