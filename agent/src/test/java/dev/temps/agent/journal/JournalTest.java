package dev.temps.agent.journal;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.testing.TestNode;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path temp;

  private Path file() {
    return temp.resolve("assignment.json");
  }

  private Journal open() {
    return Journal.open(file(), new FakeTime());
  }

  private static long workloads(Journal journal) {
    return requireNonNull(requireNonNull(journal.current()).workloads()).revision();
  }

  private static Assignment with(
      long epoch, Assignment.@Nullable Workloads workloads, Assignment.@Nullable Peers peers) {
    return new Assignment(
        "k", epoch, List.of("https://h:8443"), workloads, peers, null, null, null);
  }

  @Test
  void sectionsThatDidNotTravelStayAsTheyWere() throws IOException {
    Journal journal = open();
    journal.accept(with(1, new Assignment.Workloads(3, "w", List.of(), null), null));
    journal.accept(with(1, null, new Assignment.Peers(8, "p", TestNode.MESH, List.of(), null)));
    Assignment read = requireNonNull(open().current());
    assertEquals(3, requireNonNull(read.workloads()).revision());
    assertEquals(8, requireNonNull(read.peers()).revision());
    assertNull(read.routes());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void aDamagedFileIsSetAsideWithWordsAndTheNodeStarts() throws IOException {
    Files.writeString(file(), "{\"cluster\":\"k\",\"epo");
    Journal journal = open();
    assertNull(journal.current());
    assertEquals(-1, journal.epoch());
    assertFalse(journal.condition().ok());
    assertTrue(journal.condition().detail().contains("set aside"));
    try (var files = Files.list(temp)) {
      assertTrue(files.anyMatch(f -> f.toString().contains("assignment.json.damaged-")));
    }
  }

  @Test
  void whatTheDiskRefusesCountsAllTheSameAndIsWrittenLater() throws IOException {
    Files.createDirectory(temp.resolve("assignment.json.new")); // in the way of every write
    Files.createFile(temp.resolve("assignment.json.new").resolve("x"));
    Journal journal = open();
    journal.accept(with(1, new Assignment.Workloads(3, "w", List.of(), null), null));
    assertEquals(3, workloads(journal));
    assertFalse(journal.condition().ok());
    Files.delete(temp.resolve("assignment.json.new").resolve("x"));
    journal.retry();
    assertTrue(journal.condition().ok());
    assertEquals(3, workloads(open()));
  }

  private static Assignment.Workloads items(long revision, String... ids) {
    return new Assignment.Workloads(
        revision, "h", Stream.of(ids).map(JournalTest::workload).toList(), null);
  }

  private static WorkloadSpec workload(String id) {
    return new WorkloadSpec(
        id,
        "web",
        "image",
        null,
        null,
        List.of(),
        null,
        "10.208.17.5",
        "02:00:00:00:00:01",
        8080,
        0,
        0,
        null,
        Desired.running,
        0,
        1_000,
        Map.of(),
        null,
        null);
  }

  private static List<String> madeTrue(Journal journal) {
    Assignment.Workloads section = requireNonNull(requireNonNull(journal.toMakeTrue()).workloads());
    return section.items().stream().map(WorkloadSpec::id).toList();
  }

  @Test
  void whatARestoredControlPlaneDoesNotKnowIsKeptAlsoOverARestart() {
    Journal journal = open();
    journal.accept(with(1, items(5, "a", "b"), null));
    Assignment given = journal.accept(with(2, items(3, "a"), null));
    assertEquals(2, requireNonNull(given.workloads()).items().size());
    assertEquals(List.of("a", "b"), madeTrue(open()));
    assertTrue(open().unclaimedCondition().detail().contains("web (b, image)"));
    journal.accept(with(3, items(1, "c"), null));
    assertEquals(List.of("c", "a", "b"), madeTrue(open()));
  }

  @Test
  void whatIsTakenAwayWithinAnEpochIsGone() {
    Journal journal = open();
    journal.accept(with(1, items(5, "a", "b"), null));
    journal.accept(with(1, items(6, "a"), null));
    assertEquals(List.of("a"), madeTrue(journal));
    journal.accept(with(2, items(7, "a"), null));
    journal.accept(with(2, items(8), null));
    assertEquals(List.of(), madeTrue(journal));
    assertTrue(journal.unclaimedCondition().ok());
  }

  @Test
  void anUnclaimedOneIsAdoptedByBeingAssignedOrDiscardedByAPerson() {
    Journal journal = open();
    journal.accept(with(1, items(5, "a", "b"), null));
    journal.accept(with(2, items(1), null));
    journal.accept(with(2, items(2, "a"), null));
    assertEquals(List.of("a", "b"), madeTrue(journal));
    assertTrue(journal.discard("b"));
    assertFalse(journal.discard("a"));
    assertEquals(List.of("a"), madeTrue(open()));
    journal.accept(with(2, items(3), null));
    assertEquals(List.of(), madeTrue(open()));
  }

  private static Assignment walls(long epoch, long revision, ProjectSpec... projects) {
    return new Assignment(
        "k",
        epoch,
        List.of("https://h:8443"),
        items(revision),
        null,
        null,
        null,
        new Assignment.Walls(revision, "h", List.of(projects)));
  }

  private static ProjectSpec project(String id, String... addresses) {
    return new ProjectSpec(id, id, List.of(addresses), List.of());
  }

  private static List<ProjectSpec> walls(Journal journal) {
    return requireNonNull(requireNonNull(journal.toMakeTrue()).walls()).items();
  }

  @Test
  void whatARestoredControlPlaneDoesNotKnowStaysItsProjectsUntilSomebodyGetsTheAddress() {
    Journal journal = open();
    journal.accept(walls(1, 5, project("shop", "10.208.17.10", "10.208.18.10")));
    Assignment told = journal.accept(walls(2, 1, project("shop", "10.208.17.10")));
    assertEquals(
        List.of(project("shop", "10.208.17.10", "10.208.18.10")),
        requireNonNull(told.walls()).items());
    journal = open();
    assertEquals(List.of(project("shop", "10.208.17.10", "10.208.18.10")), walls(journal));
    journal.accept(walls(2, 2, project("blog", "10.208.18.10"), project("shop", "10.208.17.10")));
    List<ProjectSpec> given =
        List.of(project("blog", "10.208.18.10"), project("shop", "10.208.17.10"));
    assertEquals(given, walls(journal));
    assertEquals(given, walls(open()));
  }

  @Test
  void aProjectTheRestoredControlPlaneDoesNotKnowAtAllStaysTogether() {
    Journal journal = open();
    journal.accept(walls(1, 5, project("shop", "10.208.17.10", "10.208.18.10")));
    journal.accept(walls(2, 1));
    assertEquals(List.of(project("shop", "10.208.17.10", "10.208.18.10")), walls(journal));
    journal.accept(walls(3, 1));
    assertEquals(List.of(project("shop", "10.208.17.10", "10.208.18.10")), walls(open()));
  }

  /** Else containers that it starts would reach nobody. */
  @Test
  void aRestoredControlPlaneThatKnowsNoWallsOpensThem() {
    Journal journal = open();
    journal.accept(walls(1, 5, project("shop", "10.208.17.10")));
    Assignment told = journal.accept(with(2, items(1), null));
    assertEquals(-1, requireNonNull(told.walls()).revision());
    assertNull(requireNonNull(open().toMakeTrue()).walls());
  }
}
