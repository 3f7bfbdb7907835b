package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.SnapshotView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private Person.Seen runs(String... words) {
    return new Person(home).at(control).runs(words);
  }

  @Test
  void aSnapshotIsWrittenForItsOwnerOnlyAndNothingElseIsLeft() throws IOException {
    control.raw("POST /api/v1/snapshots", 200, "application/octet-stream", "sealed");
    Path file = home.resolve("kept.snapshot");
    Person.Seen seen = runs("backup", "create", "--output", file.toString());
    assertEquals(0, seen.exit(), seen.err());
    assertEquals("sealed", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(seen.err().contains("PostgreSQL database"), "the header did not say included");
    assertEquals("sealed", runs("backup", "create", "--output", "-").out());
    try (var all = Files.list(home)) {
      assertTrue(all.noneMatch(f -> f.toString().endsWith(".unfinished")));
    }
  }

  @Test
  void aRefusedSnapshotLeavesTheFileThatWasThere() throws IOException {
    control.refuse("POST /api/v1/snapshots", 507, "No room.", "The disk is full.", "");
    Path file = home.resolve("kept.snapshot");
    Files.writeString(file, "older");
    assertEquals(1, runs("backup", "create", "--output", file.toString()).exit());
    assertEquals("older", Files.readString(file));
  }

  @Test
  void theListSaysWhereAndHowOld() {
    long now = Person.NOW.toEpochMilli();
    control.on(
        "GET /api/v1/snapshots",
        SnapshotView.class,
        List.of(
            new SnapshotView("control plane", now - 20_000, 40_960, null),
            new SnapshotView("worker-2", 0, 0, "It can't be reached.")));
    assertEquals(
        """
        WHERE          TAKEN  SIZE    PROBLEM
        control plane  20s    40 KiB  -
        worker-2       -      -       It can't be reached.
        """,
        runs("backup", "list").out());
  }
}
