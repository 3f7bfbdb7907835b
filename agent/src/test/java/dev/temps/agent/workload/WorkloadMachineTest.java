package dev.temps.agent.workload;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.name.NamePlaces;
import dev.temps.agent.name.Resolvers;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.runtime.NetworkSpec;
import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.agent.runtime.docker.PrivateDocker;
import dev.temps.agent.volume.VolumeShelf;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Workloads on a real engine, with the part's own threads. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadMachineTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<String> SERVE = List.of("sleep", "1000");

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private PrivateDocker docker;
  private ContainerRuntime runtime;
  private WorkloadPart part;
  private WorkloadLoops loops;

  @BeforeAll
  void start() {
    docker = new PrivateDocker();
    runtime = new DockerRuntime(docker.socket(), Time.system());
    runtime.ensureNetwork(
        new NetworkSpec("temps", "temps0", "10.208.17.0/24", "10.208.17.1", 1370));
  }

  @AfterAll
  void end() {
    docker.close();
    workers.shutdownNow();
  }

  @BeforeEach
  void agent() {
    part =
        new WorkloadPart(
            runtime,
            (address, port, path, timeout) -> Optional.empty(),
            Time.system(),
            new Random(1),
            workers,
            Optional::empty,
            new VolumeShelf(Path.of("none"), "cluster", Time.system()),
            NodeLease.inMemory(Time.system()),
            new Resolvers(new NamePlaces(Path.of("none")), () -> null));
    loops = WorkloadLoops.start(part, runtime, Time.system(), new Random(2));
  }

  @AfterEach
  void removeAll() {
    loops.close();
    runtime.containers(Labels.WORKLOAD).forEach(c -> runtime.remove(c.name()));
  }

  private static WorkloadSpec spec(int number, String image, List<String> command) {
    return spec(number, image, null, command, 0);
  }

  private static WorkloadSpec spec(
      int number,
      String image,
      @Nullable RegistryLogin login,
      List<String> command,
      long generation) {
    return new WorkloadSpec(
        "c-" + number,
        "web",
        image,
        null,
        login,
        List.of("PORT=8080"),
        command,
        "10.208.17." + (number + 9),
        "02:42:0a:d0:11:" + String.format("%02x", number + 9),
        8080,
        200,
        64 << 20,
        null,
        Desired.running,
        generation,
        1_000,
        Map.of(),
        null,
        null);
  }

  private void assign(long revision, WorkloadSpec... specs) {
    part.assign(new Assignment.Workloads(revision, "h", List.of(specs), null));
  }

  private Optional<ObservedWorkload> seen(String id) {
    return part.observed().stream().filter(o -> o.id().equals(id)).findFirst();
  }

  private void awaitState(String id, ObservedState state) {
    eventually(
        SOON,
        id + " is " + state,
        () -> seen(id).orElseThrow().state() == state,
        () -> part.observed().toString());
  }

  private void awaitReason(String id, String words) {
    eventually(
        SOON,
        id + " says " + words,
        () -> String.valueOf(seen(id).orElseThrow().reason()).contains(words),
        () -> part.observed().toString());
  }

  @Test
  void theyRunAreMendedSurviveTheAgentAndGo() {
    WorkloadSpec one = spec(1, PrivateDocker.IMAGE, SERVE);
    WorkloadSpec two = spec(2, PrivateDocker.IMAGE, SERVE);
    assign(1, one, two);
    awaitState("c-1", ObservedState.running);
    awaitState("c-2", ObservedState.running);
    runtime.kill("c-1");
    eventually(SOON, "it was started again", () -> seen("c-1").orElseThrow().restarts() == 1);
    awaitState("c-1", ObservedState.running);
    var before = runtime.container("c-1").orElseThrow();
    loops.close();
    agent();
    assign(2, one);
    eventually(SOON, "the other is gone", () -> runtime.container("c-2").isEmpty());
    awaitState("c-1", ObservedState.running);
    assertEquals(before, runtime.container("c-1").orElseThrow(), "nothing happened to it");
  }

  @Test
  void aPrivateImageIsPulledWithItsLogin() {
    RegistryLogin login = new RegistryLogin("127.0.0.1:5000", "me", "right");
    assign(1, spec(3, PrivateDocker.PRIVATE_IMAGE, null, SERVE, 0));
    awaitReason("c-3", "the registry refused to give the image");
    assign(2, spec(3, PrivateDocker.PRIVATE_IMAGE, login, SERVE, 0));
    awaitState("c-3", ObservedState.running);
  }

  @Test
  void whatCannotRunSaysWhy() {
    assign(
        1,
        spec(4, PrivateDocker.IMAGE, List.of("/bin/bad")),
        spec(5, PrivateDocker.IMAGE, List.of("/bin/nothing-here")),
        spec(6, PrivateDocker.IMAGE, List.of("dd", "if=/dev/zero", "of=/dev/null", "bs=500M")),
        spec(7, "127.0.0.1:5000/private:nope", SERVE));
    awaitReason("c-4", "exec format error");
    awaitReason("c-5", "its command was not found in the image");
    awaitReason("c-6", "out of memory: it used more than its limit of 64 MiB");
    awaitReason("c-7", "the registry refused");
  }

  @Test
  void aRestartIsAskedForByGeneration() {
    assign(1, spec(8, PrivateDocker.IMAGE, null, SERVE, 0));
    awaitState("c-8", ObservedState.running);
    String id = String.valueOf(seen("c-8").orElseThrow().containerId());
    assign(2, spec(8, PrivateDocker.IMAGE, null, SERVE, 1));
    eventually(
        SOON,
        "the new one runs",
        () -> {
          ObservedWorkload now = seen("c-8").orElseThrow();
          return now.restartGeneration() == 1
              && now.state() == ObservedState.running
              && !id.equals(now.containerId());
        },
        () -> part.observed().toString());
  }

  @Test
  void twentyAtOnceRunWithinHalfAMinute() {
    List<WorkloadSpec> all = new ArrayList<>();
    for (int i = 20; i < 40; i++) {
      all.add(spec(i, PrivateDocker.IMAGE, SERVE));
    }
    assign(1, all.toArray(WorkloadSpec[]::new));
    eventually(
        SOON,
        "all run",
        () ->
            part.observed().stream().filter(o -> o.state() == ObservedState.running).count() == 20,
        () -> part.observed().toString());
    assertTrue(part.observed().stream().allMatch(o -> o.restarts() == 0));
  }
}
