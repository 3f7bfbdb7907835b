package dev.temps.lab.product;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Command;
import dev.temps.kit.Name;
import dev.temps.lab.Lab;
import dev.temps.lab.LabForTests;
import dev.temps.lab.LabLock;
import dev.temps.lab.command.LabMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lab up} when something goes wrong. */
@Tag("machine")
class LabUpTroubleTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir private Path directory;

  @Test
  void aStepThatFailsSaysWhichWhereWhyAndWhatNext() throws IOException {
    Name name = LabForTests.spec("refused").name();
    try {
      Path archive = StubRelease.archive(directory, "join");
      LabLine line = LabLine.up(name.value(), "--nodes", 2, "--release", archive);
      assertEquals(1, line.exit(), line.toString());
      assertTrue(line.err().contains("Joining node-2"), line.err());
      assertTrue(line.err().contains("A step failed on node-2."), line.err());
      assertTrue(line.err().contains("port 80 is taken by a test"), line.err());
      assertTrue(line.err().contains("lab exec --name " + name + " node-2 -- sh"), line.err());
      assertTrue(line.err().contains("lab down --name " + name), line.err());
      assertFalse(line.toString().contains("owner-token"), line.toString());

      LabForTests.sh(Lab.open(name).machine("node-1"), "rm /opt/temps/refuse-join");
      LabLine mended = LabLine.up(name.value(), "--release", archive);
      assertEquals(0, mended.exit(), mended.toString());
      assertTrue(mended.err().contains("going on"), mended.err());
    } finally {
      Lab.remove(name);
    }
  }

  @Test
  void aLabOnWhichServeFailedIsMadeAnew() throws IOException {
    Name name = LabForTests.spec("unserved").name();
    try {
      Path archive = StubRelease.archive(directory.resolve("a"), "serve");
      LabLine line = LabLine.up(name.value(), "--nodes", 1, "--release", archive);
      assertEquals(1, line.exit(), line.toString());
      assertTrue(line.err().contains("`temps serve` ended with 1"), line.err());
      assertTrue(line.err().contains("refused to serve, as asked"), line.err());

      Path good = StubRelease.folder(directory.resolve("b"));
      System.setProperty("temps.home", good.toString());
      LabLine second = LabLine.up(name.value(), "--nodes", 1, "--json");
      assertEquals(0, second.exit(), second.toString());
      assertEquals("owner-token-of-the-stub", Reply.object(second.out()).text("owner_token"));
    } finally {
      System.clearProperty("temps.home");
      Lab.remove(name);
    }
  }

  @Test
  void aDataDiskIsMadeForEveryMachine() {
    Name name = LabForTests.spec("disk").name();
    try {
      LabLine line =
          LabLine.up(name.value(), "--nodes", 1, "--machines-only", "--data-disk", "16m");
      assertEquals(0, line.exit(), line.toString());
      String blocks =
          LabForTests.sh(
              Lab.open(name).machine("node-1"), "df -m --output=size /var/lib/temps | tail -1");
      assertTrue(Integer.parseInt(blocks) <= 16, blocks);
    } finally {
      Lab.remove(name);
    }
  }

  @Test
  void twoAtWorkOnTheSameLabDoNotMeet() {
    Name name = LabForTests.spec("busy").name();
    try (LabLock _ = LabLock.take(name)) {
      LabLine line = LabLine.up(name.value(), "--machines-only");
      assertEquals(1, line.exit(), line.toString());
      assertTrue(line.err().contains("right now"), line.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Making", "Putting the release", "temps serve", "Joining"})
  void interruptedAnywhereTheLabGoesDownWholly(String step) throws Exception {
    Name name = LabForTests.spec("interrupted").name();
    Path archive = StubRelease.archive(directory);
    Path log = directory.resolve("log");
    Process up =
        // Whoever started the tests may ignore SIGINT, as nohup and background jobs do.
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LabMain.class.getName(),
                "up",
                "--name",
                name.value(),
                "--nodes",
                "2",
                "--memory",
                "512m",
                "--release",
                archive.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      eventually(
          LONG, "it is at " + step, () -> Files.readString(log).contains(step), () -> read(log));
      Command.run(LabForTests.SHORT, "kill", "-INT", Long.toString(up.pid()));
      up.waitFor();
      assertTrue(read(log).contains("Interrupted. Remove what there is: ./temps lab down"));
    } finally {
      up.destroyForcibly();
      Lab.remove(name);
    }
    assertEquals(List.of(), LabForTests.traces(name));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
