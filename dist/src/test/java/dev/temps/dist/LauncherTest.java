package dev.temps.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a program that prints its arguments in the place of the JVM. */
class LauncherTest {
  @TempDir private Path folder = Path.of("");

  private Path home() {
    return folder.resolve("a folder/temps");
  }

  @BeforeEach
  void install() throws IOException {
    Files.createDirectories(home().resolve("bin"));
    Files.createDirectories(home().resolve("lib"));
    Files.createDirectories(home().resolve("runtime/bin"));
    for (String cache : List.of("agent", "control", "command")) {
      Files.createFile(home().resolve("lib/" + cache + ".aot"));
    }
    Path launcher = home().resolve("bin/temps");
    Files.copy(Path.of("src/package/bin/temps"), launcher);
    Path java = home().resolve("runtime/bin/java");
    Files.writeString(java, "#!/bin/sh\nfor a in \"$@\"; do printf '<%s>\\n' \"$a\"; done\n");
    for (Path program : List.of(launcher, java)) {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private List<String> runs(Path launcher, String... words) {
    List<String> argv = Stream.concat(Stream.of(launcher.toString()), Stream.of(words)).toList();
    Command.Result result = Command.run(argv, "", Duration.ofSeconds(10));
    assertEquals(0, result.exit(), result.err());
    return result.out().lines().toList();
  }

  private List<String> runs(String... words) {
    return runs(home().resolve("bin/temps"), words);
  }

  private static boolean has(List<String> argv, String part) {
    return argv.stream().anyMatch(a -> a.contains(part));
  }

  @Test
  void anAgentIsSmall() {
    List<String> argv = runs("agent");
    assertTrue(has(argv, "<-Xmx64m>"));
    assertTrue(has(argv, "lib/agent.aot>"));
    assertTrue(has(argv, "lib/agent.jar>"));
    assertTrue(has(argv, "lib/logging-agent.properties>"));
  }

  @Test
  void onlyTheForegroundIsAControlPlane() {
    assertTrue(has(runs("serve", "--port", "1", "--foreground"), "lib/control.aot>"));
    assertTrue(has(runs("serve", "--port", "1"), "lib/command.aot>"));
    assertTrue(has(runs("node", "list"), "lib/command.aot>"));
    assertTrue(has(runs(), "lib/command.aot>"));
  }

  @Test
  void trainingUsesTheFlagsOfWhatItTrains() {
    List<String> training = runs("aot-train", "agent", "/x");
    List<String> agent = runs("agent");
    assertEquals(
        agent.subList(0, agent.indexOf("<dev.temps.dist.Main>")),
        training.subList(0, training.indexOf("<dev.temps.dist.Main>")));
  }

  @Test
  void argumentsArriveAsTheyWereGiven() {
    List<String> argv = runs("deploy", "a b", "$(id)", "*", "", "ü🙂", "x\"y");
    assertEquals(
        List.of("<deploy>", "<a b>", "<$(id)>", "<*>", "<>", "<ü🙂>", "<x\"y>"),
        argv.subList(argv.indexOf("<dev.temps.dist.Main>") + 1, argv.size()));
  }

  @Test
  void itIsFoundThroughLinksOfBothKinds() throws IOException {
    Path absolute = folder.resolve("temps");
    Files.createSymbolicLink(absolute, home().resolve("bin/temps"));
    Path relative = folder.resolve("again");
    Files.createSymbolicLink(relative, Path.of("temps"));
    assertTrue(has(runs(relative, "version"), "<-Dtemps.home=" + home().toRealPath() + ">"));
  }

  @Test
  void aMissingCacheIsNoReasonToFail() throws IOException {
    Files.delete(home().resolve("lib/command.aot"));
    assertFalse(has(runs("version"), "AOTCache"));
  }
}
