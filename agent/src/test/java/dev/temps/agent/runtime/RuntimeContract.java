package dev.temps.agent.runtime;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.ExecSession.Chunk;
import dev.temps.contract.agent.RegistryLogin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link ContainerRuntime} does. Implementations bring an engine, a local image with a
 * shell, and an image in a registry behind a login.
 */
abstract class RuntimeContract {
  static final Duration SOON = Duration.ofSeconds(20);
  private static final NetworkSpec NETWORK =
      new NetworkSpec("contract", "contract0", "10.222.7.0/24", "10.222.7.1", 1370);

  private final List<String> made = new ArrayList<>();

  abstract ContainerRuntime runtime();

  /** Reference of an image that is on the machine and has sh, echo, sleep, cat, stty. */
  abstract String localImage();

  /** Reference of an image that only a registry has, behind {@link #login}. */
  abstract String privateImage();

  abstract RegistryLogin login();

  @AfterEach
  void leaveNothing() {
    made.forEach(runtime()::remove);
  }

  private ContainerSpec spec(
      String name, String hash, ContainerSpec.@Nullable Attachment at, String... command) {
    made.add(name);
    return new ContainerSpec(
        name,
        localImage(),
        List.of("SECRET=s3cret"),
        List.of(command),
        Map.of(Labels.WORKLOAD, name, Labels.SPEC, hash),
        at,
        false,
        500,
        64L << 20,
        List.of());
  }

  private String run(String name, String script) {
    runtime().create(spec(name, "h", null, "sh", "-c", script));
    runtime().start(name);
    return name;
  }

  private ContainerInfo info(String name) {
    return runtime().container(name).orElseThrow();
  }

  private void awaitState(String name, ContainerState state) {
    eventually(SOON, name + " is " + state, () -> info(name).state() == state);
  }

  @Test
  void theEngineSaysWhoItIs() {
    EngineInfo engine = runtime().engine();
    assertTrue(engine.major() >= 20, engine.toString());
    assertEquals("amd64", engine.architecture());
  }

  @Test
  void aVolumeIsForgottenOnlyWhenNoContainerHasIt(@TempDir Path folder) {
    ContainerSpec bare = spec("keep-1", "h", null, "sleep", "1000");
    var volume = new ContainerSpec.Volume("temps-v-contract", folder.toString(), "/keep");
    runtime()
        .create(
            new ContainerSpec(
                bare.name(),
                bare.image(),
                bare.env(),
                bare.command(),
                bare.labels(),
                null,
                false,
                0,
                0,
                List.of(volume)));
    Kind held =
        assertThrows(EngineException.class, () -> runtime().removeVolume(volume.name())).kind();
    assertEquals(Kind.conflict, held);
    runtime().remove("keep-1");
    runtime().removeVolume(volume.name());
    runtime().removeVolume(volume.name());
  }

  @Test
  void aContainerIsCreatedStartedStoppedAndRemoved() {
    runtime().create(spec("life-1", "h", null, "sleep", "1000"));
    assertEquals(ContainerState.created, info("life-1").state());
    runtime().start("life-1");
    runtime().start("life-1");
    ContainerInfo running = info("life-1");
    assertEquals(ContainerState.running, running.state());
    assertTrue(running.startedAt().isAfter(Instant.EPOCH));
    runtime().stop("life-1", Duration.ofSeconds(1));
    runtime().stop("life-1", Duration.ofSeconds(1));
    assertEquals(ContainerState.exited, info("life-1").state());
    assertNotEquals(0, info("life-1").exitCode());
    runtime().remove("life-1");
    runtime().remove("life-1");
    assertTrue(runtime().container("life-1").isEmpty());
  }

  @Test
  void creatingTheSameTwiceIsFineAndAnotherOfThatNameIsAConflict() {
    runtime().create(spec("twice-1", "h", null, "sleep", "1000"));
    String id = info("twice-1").id();
    runtime().create(spec("twice-1", "h", null, "sleep", "1000"));
    assertEquals(id, info("twice-1").id());
    var other = spec("twice-1", "other", null, "sleep", "1000");
    assertKind(Kind.conflict, () -> runtime().create(other));
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertTrue(runtime().container("nobody-1").isEmpty());
    assertTrue(runtime().image("nobody:1").isEmpty());
    assertKind(Kind.missing, () -> runtime().start("nobody-1"));
    assertKind(Kind.missing, () -> runtime().logs("nobody-1", new LogQuery(-1, null, false)));
    runtime().remove("nobody-1");
  }

  @Test
  void theExitCodeOfAProcessThatEndsByItselfIsSeen() {
    run("exit-1", "exit 3");
    awaitState("exit-1", ContainerState.exited);
    assertEquals(3, info("exit-1").exitCode());
    assertFalse(info("exit-1").outOfMemory());
    assertTrue(info("exit-1").finishedAt().isAfter(Instant.EPOCH));
  }

  @Test
  void aKilledContainerHasEnded() {
    run("kill-1", "sleep 1000");
    runtime().kill("kill-1");
    runtime().kill("kill-1");
    awaitState("kill-1", ContainerState.exited);
    assertEquals(137, info("kill-1").exitCode());
  }

  @Test
  void onlyContainersWithTheLabelAreListed() {
    run("list-1", "sleep 1000");
    run("list-2", "exit 0");
    awaitState("list-2", ContainerState.exited);
    List<ContainerSummary> found = runtime().containers(Labels.WORKLOAD);
    assertEquals(
        List.of("list-1", "list-2"), found.stream().map(ContainerSummary::name).sorted().toList());
    assertEquals(List.of(), runtime().containers("temps.nothing-has-this"));
  }

  @Test
  void theLogTellsStreamsApartAndKnowsItsTail() {
    run("logs-1", "echo one; echo two >&2; echo three");
    awaitState("logs-1", ContainerState.exited);
    List<LogEntry> all = lines("logs-1", new LogQuery(-1, null, false));
    assertEquals(3, all.size(), all.toString());
    assertTrue(all.stream().anyMatch(l -> l.line().equals("two") && l.error()));
    assertTrue(all.stream().anyMatch(l -> l.line().equals("one") && !l.error()));
    assertTrue(Instant.parse(all.getFirst().time()).isAfter(Instant.EPOCH));
    assertEquals(1, lines("logs-1", new LogQuery(1, null, false)).size());
    Instant later = Instant.parse(all.getLast().time()).plusSeconds(10);
    assertEquals(List.of(), lines("logs-1", new LogQuery(-1, later, false)));
  }

  private List<LogEntry> lines(String name, LogQuery query) {
    List<LogEntry> lines = new ArrayList<>();
    try (LogStream log = runtime().logs(name, query)) {
      for (LogEntry entry = log.next(); entry != null; entry = log.next()) {
        lines.add(entry);
      }
    }
    return lines;
  }

  @Test
  void followingALogWaitsUntilClosed() throws Exception {
    run("follow-1", "echo first; sleep 1000");
    LogStream log = runtime().logs("follow-1", new LogQuery(-1, null, true));
    LogEntry first = log.next();
    assertEquals("first", first == null ? "" : first.line());
    AtomicReference<@Nullable Object> seen = new AtomicReference<>("waiting");
    Thread reader = Thread.ofVirtual().start(() -> seen.set(log.next()));
    assertFalse(reader.join(Duration.ofMillis(200)), "it waits for further lines");
    log.close();
    assertTrue(reader.join(SOON));
    assertNull(seen.get());
  }

  @Test
  void followingALogEndsWithTheContainer() throws Exception {
    run("follow-2", "echo first; sleep 1000");
    LogStream log = runtime().logs("follow-2", new LogQuery(-1, null, true));
    log.next();
    runtime().kill("follow-2");
    assertNull(log.next());
    log.close();
  }

  @Test
  void execGivesOutputOfBothStreamsAndTheExitCode() {
    run("exec-1", "sleep 1000");
    var spec = new ExecSpec(List.of("sh", "-c", "echo out; echo err >&2; exit 7"), false, 0, 0);
    try (ExecSession exec = runtime().exec("exec-1", spec)) {
      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      for (Chunk chunk = exec.read(); chunk != null; chunk = exec.read()) {
        (chunk.error() ? err : out).append(new String(chunk.bytes(), StandardCharsets.UTF_8));
      }
      assertEquals("out\n", out.toString());
      assertEquals("err\n", err.toString());
      assertEquals(7, exec.exitCode());
    }
  }

  @Test
  void execReadsInputUntilItsEnd() {
    run("exec-2", "sleep 1000");
    try (ExecSession exec = runtime().exec("exec-2", new ExecSpec(List.of("cat"), false, 0, 0))) {
      exec.write("héllo\n".getBytes(StandardCharsets.UTF_8));
      exec.closeInput();
      assertEquals("héllo\n", readAll(exec));
      assertEquals(0, exec.exitCode());
    }
  }

  private static String readAll(ExecSession exec) {
    StringBuilder out = new StringBuilder();
    for (Chunk chunk = exec.read(); chunk != null; chunk = exec.read()) {
      out.append(new String(chunk.bytes(), StandardCharsets.UTF_8));
    }
    return out.toString();
  }

  @Test
  void aTerminalHasASizeThatCanChange() {
    run("exec-3", "sleep 1000");
    List<String> out = new CopyOnWriteArrayList<>();
    try (ExecSession exec = runtime().exec("exec-3", new ExecSpec(List.of("sh"), true, 101, 31))) {
      Thread.ofVirtual().start(() -> pump(exec, out));
      askSizeUntil(exec, out, "31 101");
      exec.resize(77, 13);
      askSizeUntil(exec, out, "13 77");
    }
  }

  private static void askSizeUntil(ExecSession exec, List<String> out, String size) {
    eventually(
        SOON,
        "the size is " + size,
        () -> {
          exec.write("stty size\n".getBytes(StandardCharsets.UTF_8));
          return String.join("", out).contains(size + "\r\n");
        },
        out::toString);
  }

  private static void pump(ExecSession exec, List<String> out) {
    for (Chunk chunk = exec.read(); chunk != null; chunk = exec.read()) {
      out.add(new String(chunk.bytes(), StandardCharsets.UTF_8));
    }
  }

  private ContainerSpec resolving(String name, Path file) {
    ContainerSpec plain = spec(name, "h", null, "sleep", "1000");
    return new ContainerSpec(
        name,
        plain.image(),
        plain.env(),
        plain.command(),
        plain.labels(),
        null,
        false,
        0,
        0,
        List.of(),
        file.toString());
  }

  @Test
  void aContainerFindsNamesByTheFileItWasGivenAndNoneIsMadeWithoutIt(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("shop.conf");
    assertKind(Kind.refused, () -> runtime().create(resolving("resolve-1", file)));
    Files.writeString(file, "nameserver 10.208.16.1\nsearch shop.temps.internal\n");
    runtime().create(resolving("resolve-1", file));
    runtime().start("resolve-1");
    var look = new ExecSpec(List.of("cat", "/etc/resolv.conf"), false, 0, 0);
    try (ExecSession exec = runtime().exec("resolve-1", look)) {
      assertEquals("nameserver 10.208.16.1\nsearch shop.temps.internal\n", readAll(exec));
      assertEquals(0, exec.exitCode());
    }
  }

  @Test
  void execInAContainerThatDoesNotRunIsRefused() {
    run("exec-4", "exit 0");
    awaitState("exec-4", ContainerState.exited);
    assertKind(
        Kind.conflict,
        () -> runtime().exec("exec-4", new ExecSpec(List.of("true"), false, 0, 0)).close());
  }

  private ContainerSpec once(String name, boolean terminal, String... command) {
    ContainerSpec plain = spec(name, "h", null, command);
    return new ContainerSpec(
        name,
        plain.image(),
        plain.env(),
        plain.command(),
        Map.of(Labels.ONCE, name),
        null,
        terminal,
        0,
        0,
        List.of());
  }

  @Test
  void aRunGivesTheWholeOutputAndTheExitCodeAndIsGoneWhenClosed() {
    ContainerSpec spec = once("run-1", false, "sh", "-c", "echo out; echo err >&2; exit 7");
    try (ExecSession run = runtime().run(spec, 0, 0)) {
      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      for (Chunk chunk = run.read(); chunk != null; chunk = run.read()) {
        (chunk.error() ? err : out).append(new String(chunk.bytes(), StandardCharsets.UTF_8));
      }
      assertEquals("out\n", out.toString());
      assertEquals("err\n", err.toString());
      assertEquals(7, run.exitCode());
    }
    assertTrue(runtime().container("run-1").isEmpty());
  }

  @Test
  void aRunReadsInputUntilItsEnd() {
    try (ExecSession run = runtime().run(once("run-2", false, "cat"), 0, 0)) {
      run.write("héllo\n".getBytes(StandardCharsets.UTF_8));
      run.closeInput();
      assertEquals("héllo\n", readAll(run));
      assertEquals(0, run.exitCode());
    }
  }

  @Test
  void aRunThatIsLeftIsKilledAndGone() {
    ExecSession run = runtime().run(once("run-3", false, "sleep", "1000"), 0, 0);
    assertTrue(info("run-3").state().alive());
    run.close();
    assertTrue(runtime().container("run-3").isEmpty());
    run.close();
  }

  @Test
  void aRunsTerminalHasASizeThatCanChange() {
    List<String> out = new CopyOnWriteArrayList<>();
    try (ExecSession run = runtime().run(once("run-4", true, "sh"), 101, 31)) {
      Thread.ofVirtual().start(() -> pump(run, out));
      askSizeUntil(run, out, "31 101");
      run.resize(77, 13);
      askSizeUntil(run, out, "13 77");
    }
  }

  @Test
  void aRunOfAnImageThatIsNotHereLeavesNothing() {
    ContainerSpec good = once("run-5", false, "true");
    ContainerSpec bad =
        new ContainerSpec(
            good.name(),
            "nothing.test/none:1",
            good.env(),
            good.command(),
            good.labels(),
            null,
            false,
            0,
            0,
            List.of());
    assertKind(Kind.missing, () -> runtime().run(bad, 0, 0).close());
    assertTrue(runtime().container("run-5").isEmpty());
  }

  @Test
  void statsTellMemoryAndProcesses() {
    run("stats-1", "sleep 1000");
    var stats = runtime().stats("stats-1");
    assertEquals("stats-1", stats.id());
    assertTrue(stats.memoryBytes() > 0, stats.toString());
    assertTrue(stats.processes() >= 1, stats.toString());
  }

  @Test
  void eventsTellOfStartsAndEnds() throws Exception {
    List<ContainerEvent> seen = new CopyOnWriteArrayList<>();
    Thread watcher =
        Thread.ofVirtual()
            .start(() -> {
              try {
                runtime().events(Labels.WORKLOAD, SOON, seen::add);
              } catch (EngineException e) {
                seen.add(new ContainerEvent("", e.kind().name()));
              }
            });
    int[] tries = {0};
    eventually(
        SOON,
        "start and end are told",
        () -> {
          run("event-" + ++tries[0], "exit 0");
          return has(seen, "start") && has(seen, "die");
        });
    watcher.interrupt();
    assertTrue(watcher.join(SOON));
    assertEquals("interrupted", seen.getLast().action());
  }

  private static boolean has(List<ContainerEvent> seen, String action) {
    return seen.stream().anyMatch(e -> e.action().equals(action) && e.name().startsWith("event-"));
  }

  @Test
  void anImageBehindALoginIsPulledOnlyWithIt() {
    String wrong = "wrong";
    RegistryLogin other = new RegistryLogin(login().host(), login().username(), wrong);
    assertKind(Kind.denied, () -> runtime().pull(privateImage(), null, p -> {}));
    assertKind(Kind.denied, () -> runtime().pull(privateImage(), other, p -> {}));
    List<String> progress = new ArrayList<>();
    runtime().pull(privateImage(), login(), progress::add);
    assertFalse(progress.isEmpty());
    assertTrue(runtime().image(privateImage()).isPresent());
  }

  @Test
  void aRegistryTellsDigestAndArchitectureWithoutAPull() {
    RegistryImage image = runtime().registryImage(privateImage(), login());
    assertTrue(image.digest().startsWith("sha256:"), image.digest());
    assertEquals(List.of("amd64"), image.architectures());
    assertKind(Kind.denied, () -> runtime().registryImage(privateImage(), null));
  }

  @Test
  void anImageTheRegistryDoesNotHaveIsMissing() {
    String missing = privateImage().replaceFirst(":[^:/]*$", ":nope");
    assertKind(Kind.missing, () -> runtime().pull(missing, login(), p -> {}));
  }

  @Test
  void aContainerOnTheNetworkHasItsAddressAndNobodyElseGetsIt() {
    runtime().ensureNetwork(NETWORK);
    runtime().ensureNetwork(NETWORK);
    var at = new ContainerSpec.Attachment("contract", "10.222.7.10", "02:42:0a:de:07:0a");
    runtime().create(spec("net-1", "h", at, "sleep", "1000"));
    runtime().start("net-1");
    var other = new NetworkSpec("contract", "contract0", "10.222.8.0/24", "10.222.8.1", 1370);
    assertKind(Kind.conflict, () -> runtime().ensureNetwork(other));
    runtime().create(spec("net-2", "h", at, "sleep", "1000"));
    EngineException taken = assertThrows(EngineException.class, () -> runtime().start("net-2"));
    assertTrue(taken.words().contains("Address already in use"), taken.words());
  }

  static void assertKind(Kind kind, org.junit.jupiter.api.function.Executable call) {
    EngineException thrown = assertThrows(EngineException.class, call);
    assertEquals(kind, thrown.kind(), thrown.words());
  }
}
