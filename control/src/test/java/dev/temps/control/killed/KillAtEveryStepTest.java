package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.deployment.TestCluster;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.store.MortalStore;
import dev.temps.control.store.MortalStore.Death;
import dev.temps.control.store.MortalStore.Killed;
import dev.temps.control.store.Settings;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The control plane is killed at each of its commits, by turns just before and just after it, and
 * another one goes on over the same store and the same machines: the work ends right, and says so.
 * The same with an agent while the work goes on.
 */
class KillAtEveryStepTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");
  private static final int COMMITS_MAX = 200;
  private static final int ROUNDS = 14; // then old replicas are gone too

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.temps.control.killed.LongWork#all")
  void theControlPlaneIsKilledAtEveryCommit(LongWork work) throws IOException {
    Path template = template(work);
    int at = 1;
    while (killed(work, template, at, at % 2 == 1)) {
      at += work.stride();
      assertTrue(at < COMMITS_MAX, "it ends");
    }
    assertTrue(at > 2, "it was killed more than once");
  }

  @ParameterizedTest
  @MethodSource
  void anAgentIsKilledMeanwhile(LongWork work) throws IOException {
    Path template = template(work);
    for (String node : new String[] {"a", "b", "c"}) {
      for (int at = 0; at < ROUNDS; at += 2) {
        agentKilled(work, template, node, at);
      }
    }
  }

  /** An agent has a part in these; in the others it would only report. */
  static Stream<LongWork> anAgentIsKilledMeanwhile() {
    return Stream.of(ReleaseWork.ROLLOUT, NodeWork.DRAIN);
  }

  /** A store with the nodes, the app, and what the work needs. */
  private Path template(LongWork work) throws IOException {
    Files.writeString(folder.resolve("serve"), "{}"); // For snapshots.
    Path file = folder.resolve("template.db");
    TestCluster.Outside outside = new TestCluster.Outside(new FakeTime(BEGIN), 7);
    try (World world =
        new World(MortalStore.open(file, Death.never()), folder, outside, new World.Edge())) {
      // Snapshots carry it; nobody opens one here.
      world.database().change(h -> Settings.put(h, "secret.envelope", "none"));
      world.cluster().nodes("a", "b", "c");
      world.deploy("web", 2, null);
      world.settle();
      work.outside(outside);
      work.prepare(world);
      Path copy = folder.resolve("copy.db");
      world.database().copyTo(copy);
      return copy;
    }
  }

  private Path copied(Path template) throws IOException {
    Path run = Files.createTempDirectory(folder, "run");
    return Files.copy(template, run.resolve("temps.db"));
  }

  /** Whether it was killed before the work had ended. */
  private boolean killed(LongWork work, Path template, int at, boolean before) throws IOException {
    Path file = copied(template);
    TestCluster.Outside outside = new TestCluster.Outside(new FakeTime(LATER), 8);
    work.outside(outside);
    World.Edge edge = new World.Edge();
    String when = work + " killed " + (before ? "before" : "after") + " commit " + at;
    try (World first = world(file, new Death(at, before), outside, edge)) {
      work.begin(first);
      first.run(work.least());
      ended(work, first, false, when);
      return false;
    } catch (Killed e) {
      assertNotNull(e.getMessage());
    }
    try (World second = world(file, Death.never(), outside, edge)) {
      boolean left = !second.unfinished().isEmpty();
      second.start();
      assertEquals(
          left,
          !second.cluster().told("operation.continued").isEmpty()
              || !second.cluster().told("operation.ended").isEmpty(),
          when + ": it says so");
      if (!work.begun(second)) {
        work.begin(second);
      }
      second.run(work.least());
      ended(work, second, true, when);
    } catch (AssertionError e) {
      throw new AssertionError(when + ": " + e.getMessage(), e);
    }
    return true;
  }

  private World world(Path file, Death death, TestCluster.Outside outside, World.Edge edge) {
    return new World(MortalStore.open(file, death), folder, outside, edge);
  }

  private void ended(LongWork work, World world, boolean killed, String when) {
    Invariants.holdInTheEnd(world, work.replicas());
    work.check(world);
    if (!work.operation().isEmpty()) {
      Operation operation = world.operation(work.operation());
      boolean otherwise = killed && work.mayEndByKill();
      assertTrue(
          operation.state() == work.ends()
              || (otherwise && operation.state() == OperationState.failed),
          when + ": " + operation);
      assertTrue(!Objects.requireNonNull(operation.reason()).isBlank(), when);
    }
  }

  private void agentKilled(LongWork work, Path template, String node, int at) throws IOException {
    Path file = copied(template);
    TestCluster.Outside outside = new TestCluster.Outside(new FakeTime(LATER), 8);
    work.outside(outside);
    String when = work + " with the agent of " + node + " killed in round " + at;
    try (World world = world(file, Death.never(), outside, new World.Edge())) {
      work.begin(world);
      for (int round = 0; round < at; round++) {
        world.round();
      }
      world.agent(node, false);
      world.round();
      world.round();
      Invariants.hold(world, work.least());
      world.agent(node, true);
      world.run(work.least());
      ended(work, world, false, when);
    } catch (AssertionError e) {
      throw new AssertionError(when + ": " + e.getMessage(), e);
    }
  }
}
