package dev.temps.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in front of Maven: finding a JDK, counting tests. */
class ScriptsTest {
  private static final Path SCRIPTS = Path.of("../scripts").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  private Command.Result sh(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("script"), "set -eu\n" + script);
    return Command.run(
        List.of("env", "-i", "PATH=/usr/bin:/bin", "sh", file.toString()),
        "",
        Duration.ofSeconds(20));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    for (String tool : List.of("javac", "jlink")) {
      Path file = Files.createFile(home.resolve("bin/" + tool));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  @Test
  void javaHomeCountsWhenItIsAJdkOfTheRightVersion() throws IOException {
    Path good = jdk("good", "25.0.3");
    Command.Result result =
        sh("JAVA_HOME='" + good + "'\n. '" + SCRIPTS + "/jdk.sh'\nfirst_wanted_jdk\n");
    assertEquals(good + "\n", result.out(), result.err());
  }

  @Test
  void anotherVersionOrARuntimeWithoutCompilerDoesNotCount() throws IOException {
    Path old = jdk("old", "17.0.1");
    Path longer = jdk("longer", "251.0");
    Path runtime = jdk("runtime", "25");
    Files.delete(runtime.resolve("bin/javac"));
    for (Path bad : List.of(old, longer, runtime, folder.resolve("none"))) {
      Command.Result result = sh(". '" + SCRIPTS + "/jdk.sh'\nis_wanted_jdk '" + bad + "'\n");
      assertTrue(!result.ok(), bad.toString());
    }
  }

  @Test
  void reportsAreSummed() throws IOException {
    report("a", "one", 5, 1, 0, 2);
    report("a", "two-machine", 3, 0, 1, 0);
    report("b", "three", 10, 0, 0, 0);
    Command.Result result = summary("unit 12", "unit");
    assertEquals("14 passed, 2 failed, 2 skipped", last(result));
    assertEquals(1, result.exit());
  }

  @Test
  void everythingPassedIsExitCodeZero() throws IOException {
    report("a", "one", 5, 0, 0, 1);
    Command.Result result = summary("unit 4", "unit");
    assertEquals("4 passed, 0 failed, 1 skipped", last(result));
    assertEquals(0, result.exit());
  }

  @Test
  void fewerTestsThanTheFloorFail() throws IOException {
    report("a", "one", 5, 0, 0, 0);
    Command.Result result = summary("unit 6", "unit");
    assertTrue(result.out().contains("only 5 unit tests ran; tests.floor says at least 6"));
    assertEquals(1, result.exit());
  }

  private Command.Result summary(String floor, String part) throws IOException {
    Files.writeString(folder.resolve("tests.floor"), floor + "\nmachine 0\n");
    return sh(
        "cd '"
            + folder
            + "'\n. '"
            + SCRIPTS
            + "/tests.sh'\nfailed=''\npattern=''\npart="
            + part
            + "\nsummarise\n");
  }

  private static String last(Command.Result result) {
    return result.out().lines().toList().getLast();
  }

  private void report(String module, String name, int tests, int errors, int failures, int skipped)
      throws IOException {
    Path reports = Files.createDirectories(folder.resolve(module + "/target/surefire-reports"));
    Files.writeString(
        reports.resolve("TEST-" + name + ".xml"),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="%s" time="0.1" tests="%d" errors="%d" skipped="%d" failures="%d">
          <properties><property name="tests" value="9"/></properties>
        </testsuite>
        """
            .formatted(name, tests, errors, skipped, failures));
  }
}
