package dev.temps.agent.api;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.temps.agent.testing.TestNode;
import dev.temps.agent.workload.OneOffs;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.Time;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers for one command, over real mutual TLS, on a fake engine. */
class RunTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final FakeRuntime engine = new FakeRuntime(Time.system());
  private final AgentApi api = new AgentApi(engine, List::of, Time.system(), ApiCaller.serving());
  private volatile @Nullable String blocked;
  @TempDir private Path folder = Path.of("");
  private Resolvers resolvers;
  private OneOffs oneOffs;
  private ApiCaller control;

  @BeforeEach
  void start() throws IOException {
    engine.haveImage("web:1", "amd64", 8080);
    engine.offerImage("registry.test/web:2", "amd64", null);
    resolvers =
        new Resolvers(
            new NamePlaces(folder.resolve("names")), () -> new Here(TestNode.MESH, "n-1", null));
    oneOffs = new OneOffs(engine, () -> Optional.ofNullable(blocked), resolvers);
    api.runs(oneOffs);
    api.serve("127.0.0.1", 0);
    control = ApiCaller.control(api.port());
  }

  @AfterEach
  void end() {
    control.close();
    api.close();
  }

  private static RunStart once(String image, String... command) {
    WorkloadSpec spec =
        new WorkloadSpec(
            "run-1",
            "web",
            image,
            null,
            null,
            List.of("SECRET=s3cret"),
            null,
            "10.208.17.10",
            "02:00:0a:d0:11:0a",
            0,
            250,
            64L << 20,
            null,
            Desired.running,
            0,
            0,
            Map.of(Labels.APP, "web", Labels.WORKLOAD, "run-1"),
            null,
            null,
            "shop.temps.internal");
    return new RunStart(spec, new ExecStart(List.of(command), false, 0, 0));
  }

  private boolean gone() {
    return engine.containers(Labels.ONCE).isEmpty();
  }

  private static ExecMessage awaitEnd(ApiCaller.Exec run) {
    eventually(SOON, "it ended", () -> run.end != null, () -> run.out() + run.err());
    return Objects.requireNonNull(run.end);
  }

  @Test
  void aCommandRunsInAContainerOfItsOwnThatIsGoneAfterwards() throws Exception {
    var run = control.run(once("web:1", "/shell", "-c", "echo a; echo b >&2; exit 7"));
    assertEquals(ExecMessage.exit(7), awaitEnd(run));
    assertEquals("a\n", run.out());
    assertEquals("b\n", run.err());
    eventually(SOON, "the container is gone", this::gone);
  }

  @Test
  void theContainerIsMadeOfTheReleaseAndIsNoWorkload() throws Exception {
    var run = control.run(once("web:1", "cat"));
    run.type("hello");
    eventually(SOON, "it answers", () -> run.out().equals("hello"));
    ContainerSpec spec = engine.spec("run-1");
    assertEquals(List.of("SECRET=s3cret"), spec.env());
    assertEquals(List.of("cat"), spec.command());
    assertEquals(250, spec.cpuMillis());
    assertEquals(64L << 20, spec.memoryBytes());
    String resolver = Objects.requireNonNull(spec.resolver(), "it finds names like its app");
    assertTrue(resolver.endsWith("shop.temps.internal.conf"), resolver);
    assertEquals(
        new ContainerSpec.Attachment("temps", "10.208.17.10", "02:00:0a:d0:11:0a"), spec.network());
    assertEquals(List.of(), engine.containers(Labels.WORKLOAD));
    run.say(ExecMessage.endOfInput());
    assertEquals(ExecMessage.exit(0), awaitEnd(run));
  }

  @Test
  void theImageIsPulledWhenItIsNotHere() throws Exception {
    assertEquals(
        ExecMessage.exit(0), awaitEnd(control.run(once("registry.test/web:2", "echo hi"))));
  }

  @Test
  void itEndsWithItsCaller() throws Exception {
    var run = control.run(once("web:1", "sleep 1000"));
    eventually(SOON, "it runs", () -> !gone());
    run.leave();
    eventually(SOON, "the container is gone", this::gone);
  }

  @Test
  void itEndsWhenAControlPlaneThatPingedIsNotHeardOfAnyMore() throws Exception {
    try (AgentApi hasty =
        new AgentApi(engine, List::of, new FakeTime(), ApiCaller.serving())) { // pauses are none
      hasty.runs(oneOffs);
      hasty.serve("127.0.0.1", 0);
      try (ApiCaller caller = ApiCaller.control(hasty.port())) {
        var run = caller.run(once("web:1", "sleep 1000"));
        eventually(SOON, "it runs", () -> !gone());
        run.ping();
        eventually(SOON, "the container is gone", this::gone);
      }
    }
  }

  @Test
  void nothingIsStartedForACallerWhoLeftWhileTheImageWasPulled() {
    RunStart start = once("registry.test/web:2", "sleep 1000");
    EngineException left =
        assertThrows(EngineException.class, () -> oneOffs.run(start, () -> true));
    assertTrue(left.words().contains("left before"), left.words());
    assertTrue(engine.image("registry.test/web:2").isPresent());
    assertTrue(engine.container("run-1").isEmpty());
  }

  @Test
  void whatCanNotRunSaysWhyAndLeavesNothing() throws Exception {
    assertError(once("registry.test/none:1", "cat"), "registry.test/none");
    assertError(once("web:1"), "no command");
    blocked = "The walls do not stand.";
    assertError(once("web:1", "cat"), "The walls do not stand.");
    blocked = null;
    engine.fail("start run-1", Kind.refused, "exec: no such file: cat");
    assertError(once("web:1", "cat"), "no such file");
    assertTrue(gone());
  }

  private void assertError(RunStart start, String words) throws Exception {
    String error = String.valueOf(awaitEnd(control.run(start)).error());
    assertTrue(error.contains(words), error);
  }

  @Test
  void whatAnAgentThatWasKilledLeftIsRemovedAndWhatRunsIsNot() throws Exception {
    var run = control.run(once("web:1", "sleep 1000"));
    eventually(SOON, "it runs", () -> !gone());
    oneOffs.step();
    assertFalse(gone(), "its caller is here");
    new OneOffs(engine, Optional::empty, resolvers).step();
    assertTrue(gone(), "to the next agent it is nobody's");
    run.leave();
  }

  @Test
  void whatCouldNotBeRemovedIsRemovedLater() throws Exception {
    engine.fail("remove run-1", Kind.unreachable, "Docker isn't answering");
    assertEquals(ExecMessage.exit(0), awaitEnd(control.run(once("web:1", "echo hi"))));
    assertFalse(gone());
    engine.mend("remove run-1");
    eventually(
        SOON,
        "it is gone",
        () -> {
          oneOffs.step();
          return gone();
        });
  }
}
