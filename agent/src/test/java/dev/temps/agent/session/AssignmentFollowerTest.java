package dev.temps.agent.session;

import static dev.temps.kit.testing.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.testing.FakeControl;
import dev.temps.agent.testing.TestCa;
import dev.temps.agent.testing.TestNode;
import dev.temps.contract.agent.Assignment;
import dev.temps.kit.Loop;
import dev.temps.kit.Time;
import dev.temps.kit.testing.FakeTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentFollowerTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TestCa ca = new TestCa("k-test");
  private final FakeControl control = new FakeControl(ca);
  private final List<AutoCloseable> open = new ArrayList<>(List.of(control));
  private final List<Assignment> news = new CopyOnWriteArrayList<>();
  @TempDir Path temp;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private AssignmentFollower follow(Journal journal) {
    AgentFolder folder = new AgentFolder(temp.resolve("agent"));
    NodeIdentity identity = TestNode.join(folder, ca, List.of(control.url()));
    ControlClient client =
        new ControlClient(
            identity.controlContext(), new ControlUrls(List.of(control.url())), Time.system());
    AssignmentFollower follower =
        new AssignmentFollower(client, journal, "k-test", news::add, Time.system());
    client.urls().onSwitch(follower::abandon);
    open.add(Loop.start("assignment", Duration.ZERO, follower::step, new SplittableRandom(1)));
    return follower;
  }

  private static long workloads(Journal journal) {
    return requireNonNull(requireNonNull(journal.current()).workloads()).revision();
  }

  private Path file() {
    return temp.resolve("assignment.json");
  }

  private Journal journal() {
    return Journal.open(file(), Time.system());
  }

  private Assignment assignment(long epoch, long revision) {
    return new Assignment(
        "k-test",
        epoch,
        List.of(control.url()),
        new Assignment.Workloads(revision, "h" + revision, List.of(), null),
        null,
        null,
        null,
        null);
  }

  @Test
  void newsArriveWhileThePollWaitsAndAreOnDiskFirst() {
    follow(journal());
    control.assign(assignment(1, 1));
    eventually(SOON, "the first", () -> news.size() == 1);
    Instant start = Instant.now();
    control.assign(assignment(1, 2));
    eventually(SOON, "the second", () -> news.size() == 2);
    assertTrue(Duration.between(start, Instant.now()).toMillis() < 2_000);
    assertEquals(2, workloads(journal()));
  }

  @Test
  void namesAloneAreNewsToo() {
    follow(journal());
    control.assign(assignment(1, 1));
    eventually(SOON, "the first", () -> news.size() == 1);
    control.assign(
        new Assignment(
            "k-test",
            1,
            List.of(control.url()),
            null,
            null,
            null,
            null,
            null,
            new Assignment.Names(4, "h", List.of())));
    eventually(SOON, "the names", () -> news.size() == 2);
    assertEquals(4, requireNonNull(requireNonNull(journal().current()).names()).revision());
  }

  @Test
  void aLostReplyOnlyMeansAnotherPoll() {
    control.assign(assignment(1, 1));
    control.repliesToLose.set(3);
    follow(journal());
    eventually(SOON, "the assignment", () -> news.size() == 1);
  }

  @Test
  void aLowerEpochIsRefusedAndWhatWasAssignedStays() {
    Journal journal = journal();
    journal.accept(assignment(5, 7));
    control.assign(assignment(4, 9));
    AssignmentFollower follower = follow(journal);
    eventually(SOON, "a refusal", () -> follower.refused().contains("epoch 5"));
    assertTrue(news.isEmpty());
    assertEquals(7, workloads(journal));
  }

  @Test
  void aHigherEpochStartsRevisionsAnew() {
    Journal journal = journal();
    journal.accept(assignment(1, 7));
    control.assign(assignment(2, 1));
    follow(journal);
    eventually(SOON, "the new epoch", () -> journal.epoch() == 2);
    assertEquals(1, workloads(journal));
  }

  /** Else a joining node loses a second, and a node that booted believes it was told. */
  @Test
  void aPollGivenUpForAnotherUrlIsNoAnswerAndIsAskedAgainAtOnce() throws Exception {
    AgentFolder folder = new AgentFolder(temp.resolve("agent"));
    NodeIdentity identity = TestNode.join(folder, ca, List.of(control.url()));
    FakeTime time = new FakeTime();
    ControlUrls urls = new ControlUrls(List.of("https://127.0.0.1:1", control.url()));
    ControlClient client = new ControlClient(identity.controlContext(), urls, Time.system());
    AssignmentFollower follower =
        new AssignmentFollower(client, journal(), "k-test", news::add, time);
    List<Boolean> told = new CopyOnWriteArrayList<>();
    client
        .urls()
        .onSwitch(() -> {
          follower.abandon();
          told.add(follower.answered());
        });
    control.assign(assignment(1, 1));
    follower.step();
    eventually(SOON, "one switch, and nobody had answered", () -> told.equals(List.of(false)));
    assertFalse(follower.answered());
    follower.step();
    assertTrue(follower.answered());
    assertEquals(1, news.size());
    assertEquals(Duration.ZERO, time.elapsed(), "no pause between");
  }
}
