package dev.temps.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.release.ReleasePlaces;
import dev.temps.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that puts a release in the place of another, with a supervisor on paper. */
class SwitchScriptTest {
  private static final Path SCRIPT = Path.of("src/package/libexec/temps-switch").toAbsolutePath();

  @TempDir private Path folder = Path.of("");
  private ReleasePlaces places = ReleasePlaces.standard();
  private Path fresh = folder;
  private Path old = folder;

  @BeforeEach
  void twoReleases() throws IOException {
    places =
        new ReleasePlaces(
            folder.resolve("temps"), folder.resolve("releases"), folder.resolve("work"));
    fresh = Files.createDirectories(places.releases().resolve("new"));
    old = Files.createDirectories(places.releases().resolve("old"));
    Files.createDirectories(places.work());
    Files.createSymbolicLink(places.link(), old);
    supervisor(true);
  }

  /** Writes down what it is told; a release that works reports as soon as it is restarted. */
  private void supervisor(boolean works) throws IOException {
    Path file = folder.resolve("supervise");
    String proof =
        works
            ? "readlink '%s' >'%s'\n".formatted(places.link(), places.accepted())
            : "echo 'no Java here' >'%s'\n".formatted(folder.resolve("log"));
    Files.writeString(
        file,
        "#!/bin/sh\necho \"$* $(basename \"$(readlink '%s')\")\" >>'%s'\n%s"
            .formatted(places.link(), folder.resolve("told"), proof));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void run(String attempt, String units) {
    Command.Result result =
        Command.run(
            Duration.ofSeconds(30),
            "env",
            "TEMPS_SWITCH_LINK=" + places.link(),
            "TEMPS_SWITCH_WORK=" + places.work(),
            "TEMPS_SWITCH_SUPERVISE=" + folder.resolve("supervise"),
            "TEMPS_SWITCH_SYSTEMD=" + folder.resolve("no-systemd"),
            "TEMPS_SWITCH_LOG=" + folder.resolve("log"),
            "TEMPS_SWITCH_SECONDS=1",
            "sh",
            SCRIPT.toString(),
            attempt,
            fresh.toString(),
            old.toString(),
            units);
    assertEquals(0, result.exit(), result.err());
  }

  private List<String> told() throws IOException {
    return Files.readAllLines(folder.resolve("told"));
  }

  @Test
  void aReleaseThatReportsStaysAndTheControlPlaneIsRestartedBeforeTheAgent() throws IOException {
    run("op-1", "temps-control temps-agent");
    assertEquals(fresh, places.link().toRealPath());
    assertEquals("done", places.outcome().word());
    assertEquals("op-1", places.outcome().attempt());
    assertEquals("--start temps-control new", told().getFirst());
    assertEquals("--renew temps-agent new", told().getLast());
  }

  @Test
  void aReleaseThatDoesNotReportGivesWayToTheOldOneAndItsLastWordsAreKept() throws IOException {
    supervisor(false);
    run("op-1", "temps-agent");
    assertEquals(old, places.link().toRealPath());
    assertEquals("back", places.outcome().word());
    assertTrue(places.outcome().detail().contains("no Java here"), places.outcome().detail());
    assertEquals("--renew temps-agent old", told().getLast());
  }

  @Test
  void killedOnTheWayItGoesOnWhereItWas() throws IOException {
    String rest = " op-1 " + fresh + " ";
    Files.writeString(places.work().resolve("outcome"), "trial" + rest + "\n");
    run("op-1", "temps-agent");
    assertEquals("done", places.outcome().word());
    assertEquals(fresh, places.link().toRealPath());
    Files.writeString(places.work().resolve("outcome"), "returning" + rest + "it was slow\n");
    run("op-1", "temps-agent");
    assertEquals("back", places.outcome().word());
    assertEquals("it was slow", places.outcome().detail());
    assertEquals(old, places.link().toRealPath());
  }

  @Test
  void whatIsDecidedIsNotDoneAgain() throws IOException {
    run("op-1", "temps-agent");
    Files.delete(folder.resolve("told"));
    run("op-1", "temps-agent");
    assertFalse(Files.exists(folder.resolve("told")));
  }

  @Test
  void aFolderUnpackedByHandBecomesALinkAndIsThereForTheWayBack() throws IOException {
    Files.delete(places.link());
    Files.delete(old);
    Files.createDirectories(places.link());
    Files.writeString(places.link().resolve("version"), "0.1.0\n");
    supervisor(false);
    run("op-1", "temps-agent");
    assertTrue(Files.isSymbolicLink(places.link()));
    assertEquals("0.1.0", Files.readString(places.link().resolve("version")).strip());
  }

  @Test
  void theStoreFromBeforeItsMigrationComesBackWithTheOldControlPlane() throws IOException {
    Path store = Files.writeString(folder.resolve("temps.db"), "new schema");
    Files.writeString(folder.resolve("temps.db-wal"), "new pages");
    Files.writeString(folder.resolve("temps.db.before"), "old schema");
    Files.writeString(places.storeCopy(), store + "\n");
    supervisor(false);
    run("op-1", "temps-control temps-agent");
    assertEquals("old schema", Files.readString(store));
    assertFalse(Files.exists(folder.resolve("temps.db-wal")));
    assertFalse(Files.exists(places.storeCopy()));
    assertTrue(told().contains("--stop temps-control new"), told().toString());
  }
}
