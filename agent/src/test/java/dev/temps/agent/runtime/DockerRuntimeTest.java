package dev.temps.agent.runtime;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.agent.runtime.docker.PrivateDocker;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract on a real engine, and what only a real one can show. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerRuntimeTest extends RuntimeContract {
  private PrivateDocker docker;
  private ContainerRuntime runtime;

  @BeforeAll
  void start() {
    docker = new PrivateDocker();
    runtime = new DockerRuntime(docker.socket(), Time.system());
  }

  @AfterAll
  void end() {
    docker.close();
  }

  @Override
  ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  String localImage() {
    return PrivateDocker.IMAGE;
  }

  @Override
  String privateImage() {
    return PrivateDocker.PRIVATE_IMAGE;
  }

  @Override
  RegistryLogin login() {
    return new RegistryLogin("127.0.0.1:5000", "me", "right");
  }

  @Test
  void theImageTellsItsIdArchitectureAndPort() {
    ImageInfo image = runtime.image(localImage()).orElseThrow();
    assertTrue(image.id().startsWith("sha256:"));
    assertEquals("amd64", image.architecture());
    assertEquals(List.of(8080), image.tcpPorts());
    assertEquals(image.id(), runtime.image(image.id()).orElseThrow().id());
  }

  @Test
  void theContainerHasItsAddressItsHardwareAddressAndFewRights() {
    runtime.ensureNetwork(new NetworkSpec("place", "place0", "10.222.9.0/24", "10.222.9.1", 1370));
    var at = new ContainerSpec.Attachment("place", "10.222.9.10", "02:42:0a:de:09:0a");
    create("place-1", at, false, 256L << 20, "sleep", "1000");
    try {
      runtime.start("place-1");
      String all = exec("place-1", "ip addr; cat /proc/self/status");
      assertTrue(all.contains("10.222.9.10/24"), all);
      assertTrue(all.contains("02:42:0a:de:09:0a"), all);
      assertTrue(all.contains("mtu 1370"), all);
      assertTrue(all.contains("NoNewPrivs:\t1"), all);
      assertTrue(all.contains("CapEff:\t00000000a80405fb"), "the usual ones, no NET_RAW: " + all);
    } finally {
      runtime.remove("place-1");
    }
  }

  @Test
  void anEmptyVolumeGetsWhatTheImageHasThereAndKeepsWhatIsWritten(@TempDir Path folder)
      throws IOException {
    var volume = new ContainerSpec.Volume("temps-v-copy", folder.toString(), "/bin");
    for (String name : List.of("copy-1", "copy-2")) {
      runtime.create(
          new ContainerSpec(
              name,
              localImage(),
              List.of(),
              List.of("sleep", "1000"), // which is in /bin: it would not start from an empty one
              Map.of(Labels.WORKLOAD, name),
              null,
              false,
              0,
              0,
              List.of(volume)));
      try {
        runtime.start(name);
        exec(name, "echo " + name + " >> /bin/written");
      } finally {
        runtime.remove(name);
      }
    }
    runtime.removeVolume(volume.name());
    assertEquals("copy-1\ncopy-2\n", Files.readString(folder.resolve("written")));
  }

  private void create(
      String name,
      ContainerSpec.@Nullable Attachment at,
      boolean terminal,
      long memory,
      String... command) {
    runtime.create(
        new ContainerSpec(
            name,
            localImage(),
            List.of(),
            List.of(command),
            Map.of(Labels.WORKLOAD, name),
            at,
            terminal,
            500,
            memory,
            List.of()));
  }

  private String exec(String name, String script) {
    StringBuilder out = new StringBuilder();
    var spec = new ExecSpec(List.of("sh", "-c", script), false, 0, 0);
    try (ExecSession exec = runtime.exec(name, spec)) {
      for (var chunk = exec.read(); chunk != null; chunk = exec.read()) {
        out.append(new String(chunk.bytes(), StandardCharsets.UTF_8));
      }
    }
    return out.toString();
  }

  @Test
  void aContainerThatTakesTooMuchMemoryIsSeenAsSuch() {
    String hog = "exec dd if=/dev/zero of=/dev/null bs=200M count=1";
    create("hog-1", null, false, 16L << 20, "sh", "-c", hog);
    try {
      runtime.start("hog-1");
      eventually(
          SOON,
          "it was ended",
          () -> runtime.container("hog-1").orElseThrow().outOfMemory(),
          () -> runtime.container("hog-1").toString());
    } finally {
      runtime.remove("hog-1");
    }
  }

  @Test
  void cpuFiguresFollowTheLimit() {
    create("busy-1", null, false, 0, "sh", "-c", "while true; do true; done");
    try {
      runtime.start("busy-1");
      eventually(
          SOON,
          "about half a core is used",
          () -> {
            long used = runtime.stats("busy-1").cpuMillis();
            return used > 250 && used < 750;
          },
          () -> runtime.stats("busy-1").toString());
    } finally {
      runtime.remove("busy-1");
    }
  }

  @Test
  void theLogOfAContainerWithATerminalIsRead() {
    create("tty-1", null, true, 0, "sh", "-c", "echo one; echo two");
    try {
      runtime.start("tty-1");
      eventually(
          SOON,
          "both lines are there",
          () -> {
            try (LogStream log = runtime.logs("tty-1", new LogQuery(-1, null, false))) {
              LogEntry one = log.next();
              LogEntry two = log.next();
              return one != null && two != null && (one.line() + two.line()).equals("onetwo");
            }
          });
    } finally {
      runtime.remove("tty-1");
    }
  }

  @Test
  void aLongLogIsReadWhole() {
    String script = "i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done";
    create("long-1", null, false, 0, "sh", "-c", script);
    try {
      runtime.start("long-1");
      // While it ends, an engine may end a followed log before its last lines.
      eventually(
          SOON,
          "it has ended",
          () -> runtime.container("long-1").orElseThrow().state() == ContainerState.exited);
      try (LogStream log = runtime.logs("long-1", new LogQuery(-1, null, false))) {
        for (int i = 0; i < 5000; i++) {
          LogEntry entry = log.next();
          assertEquals("line " + i, entry == null ? null : entry.line());
        }
      }
    } finally {
      runtime.remove("long-1");
    }
  }

  private void execAndLeave(String name, boolean terminal, String script, int reads) {
    var result =
        docker.inside(
            false,
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ExecAndLeave.class.getName(),
                docker.socket().toString(),
                name,
                Boolean.toString(terminal),
                script,
                Integer.toString(reads)));
    assertTrue(result.out().contains("left"), result.toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one that waits,               true,  1, echo up; sleep 3601; echo",
    "one still writing,            true,  1, while true; do echo sleep 3601; done",
    "one without a terminal,       false, 1, while true; do echo sleep 3601; done",
    "one that only just started,   true,  0, sleep 3601; echo",
    "one that starts ever more,    false, 1, while true; do sleep 3601 & echo up; sleep 0.01; done"
  })
  void closingAnExecEndsItsProcesses(String what, boolean terminal, int reads, String script) {
    create("left-1", null, false, 0, "sleep", "1000");
    try {
      runtime.start("left-1");
      execAndLeave("left-1", terminal, script, reads);
      eventually(
          SOON,
          what + " has ended",
          () -> !exec("left-1", "ps").contains("sleep 3601"),
          () -> exec("left-1", "ps"));
    } finally {
      runtime.remove("left-1");
    }
  }

  @Test
  void anEngineThatIsNotThereIsUnreachable() {
    var nobody = new DockerRuntime(Path.of("/nowhere/docker.sock"), Time.system());
    EngineException thrown = assertThrows(EngineException.class, nobody::engine);
    assertEquals(Kind.unreachable, thrown.kind());
    assertTrue(thrown.words().contains("is it running?"), thrown.words());
  }

  @Test
  void stoppingWaitsNoLongerThanTheGrace() {
    create("deaf-1", null, false, 0, "sh", "-c", "trap '' TERM; while true; do sleep 1; done");
    try {
      runtime.start("deaf-1");
      runtime.stop("deaf-1", Duration.ofSeconds(1));
      assertEquals(137, runtime.container("deaf-1").orElseThrow().exitCode());
    } finally {
      runtime.remove("deaf-1");
    }
  }
}
