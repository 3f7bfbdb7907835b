package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.store.Database;
import dev.temps.control.store.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real deaths are seen soon and bad luck is not taken for one, in simulated time. */
class BadLuckTest {
  private static final long MINUTE = 60_000;

  @TempDir private Path folder = Path.of("");
  private final List<Database> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Database::close);
  }

  private SimulatedCluster cluster(int machines, long seed) {
    return new SimulatedCluster(store(), machines, seed);
  }

  private Database store() {
    Database database =
        Database.open(new DatabaseConfig.Sqlite(folder.resolve("temps-" + open.size() + ".db")));
    open.add(database);
    return database;
  }

  private static void nobodyWasLost(SimulatedCluster cluster) {
    assertEquals(0, cluster.events("node.down"), () -> cluster.paper.events.toString());
  }

  @Test
  void aPowerOffIsSeenInEightAndAHalfSecondsAtBest() {
    SimulatedCluster cluster = new SimulatedCluster(store(), 3, 1, 0);
    cluster.node(2).powered = false;
    long took = cluster.untilDown(2, MINUTE);
    assertTrue(took >= 8_000 && took <= 8_500, took + " ms");
    assertTrue(cluster.reason(2).contains("1 of 1 witnesses can't reach it"), cluster.reason(2));
  }

  @Test
  void andWithinElevenWheneverItComes() {
    List<Long> all = new ArrayList<>();
    for (int seed = 0; seed < 25; seed++) {
      SimulatedCluster cluster = cluster(3, seed);
      cluster.run(50L * seed);
      cluster.node(1).powered = false;
      all.add(cluster.untilDown(1, MINUTE));
    }
    Collections.sort(all);
    assertTrue(all.getFirst() >= 8_000 && all.getLast() <= 11_000, all::toString);
  }

  @Test
  void aControlPlaneThatStandsStillForThirtySecondsLosesNobody() {
    SimulatedCluster cluster = cluster(3, 2);
    cluster.controlStopped = true;
    cluster.run(30_000);
    cluster.controlStopped = false;
    cluster.run(MINUTE);
    assertEquals(List.of(), cluster.paper.events);
  }

  @Test
  void beingCutOffForEightSecondsIsNoDeath() {
    for (int seed = 0; seed < 5; seed++) {
      SimulatedCluster cluster = cluster(3, seed);
      SplittableRandom chance = new SplittableRandom(seed);
      for (int i = 0; i < 12; i++) {
        cluster.node(2).cut = true;
        cluster.run(8_000);
        cluster.node(2).cut = false;
        cluster.run(5_000 + chance.nextInt(5_000));
      }
      nobodyWasLost(cluster);
      assertEquals(Liveness.ready, cluster.liveness(2));
    }
  }

  @Test
  void flappingIsNoDeath() {
    SimulatedCluster cluster = cluster(4, 3);
    for (int i = 0; i < 60; i++) {
      cluster.node(3).cut = i % 2 == 0;
      cluster.run(4_700);
    }
    nobodyWasLost(cluster);
  }

  @Test
  void aFifthOfAllPacketsLostKillsNobody() {
    for (int seed = 0; seed < 3; seed++) {
      SimulatedCluster cluster = cluster(3, seed);
      cluster.loss = 0.2;
      cluster.run(10 * MINUTE);
      nobodyWasLost(cluster);
    }
  }

  @Test
  void aDeathIsSeenThroughLossToo() {
    SimulatedCluster cluster = cluster(3, 4);
    cluster.loss = 0.2;
    cluster.run(MINUTE);
    cluster.node(2).powered = false;
    long took = cluster.untilDown(2, MINUTE);
    assertTrue(took > 0 && took <= 14_000, took + " ms");
  }

  @Test
  void aClockThatJumpsMeansNothing() {
    SimulatedCluster cluster = cluster(3, 5);
    for (long hours : new long[] {1, -2, 1}) {
      cluster.paper.time.jumpWall(Duration.ofHours(hours));
      cluster.run(MINUTE);
    }
    assertEquals(List.of(), cluster.paper.events);
  }

  @Test
  void threeOfFourSilentAtOnceMoveNothingUntilAMajorityIsBack() {
    SimulatedCluster cluster = cluster(4, 6);
    List.of(1, 2, 3).forEach(i -> cluster.node(i).cut = true);
    cluster.run(10 * MINUTE);
    nobodyWasLost(cluster);
    assertEquals(1, cluster.events("cluster.braked"));
    assertEquals(Liveness.suspect, cluster.liveness(3));
    assertTrue(cluster.reason(3).contains("temps node declare-lost"), cluster.reason(3));
    String why = cluster.paper.monitor.brake().orElseThrow();
    assertTrue(why.startsWith("3 of 4 nodes fell silent together"), why);
    List.of(1, 2, 3).forEach(i -> cluster.node(i).cut = false);
    cluster.run(5_000);
    nobodyWasLost(cluster);
    assertEquals(1, cluster.events("cluster.released"));
    assertTrue(cluster.paper.monitor.brake().isEmpty());
  }

  @Test
  void aPersonReleasesThoseThatAreReallyLost() {
    SimulatedCluster cluster = cluster(4, 7);
    List.of(1, 2, 3).forEach(i -> cluster.node(i).powered = false);
    cluster.run(MINUTE);
    cluster.paper.monitor.declareLost(cluster.paper.fresh(cluster.node(1).node), "owner");
    cluster.run(5 * MINUTE);
    assertEquals(Liveness.down, cluster.liveness(1));
    assertTrue(cluster.reason(1).endsWith("Declared lost by owner."), cluster.reason(1));
    assertEquals(Liveness.suspect, cluster.liveness(2));
    assertEquals(1, cluster.events("node.down"));
  }

  @Test
  void aControlPlaneThatIsCutOffLosesNobody() {
    SimulatedCluster cluster = cluster(3, 8);
    cluster.node(0).cut = true;
    cluster.run(5 * MINUTE);
    nobodyWasLost(cluster);
    assertEquals(1, cluster.events("cluster.braked"));
    cluster.node(0).cut = false;
    cluster.run(5_000);
    assertEquals(Liveness.ready, cluster.liveness(1));
  }

  @Test
  void twoMachinesHaveNoWitnessAndTakeThirtySeconds() {
    SimulatedCluster cluster = cluster(2, 9);
    cluster.node(1).powered = false;
    long took = cluster.untilDown(1, MINUTE);
    assertTrue(took >= 29_000 && took <= 31_000, took + " ms");
  }

  @Test
  void aDeadWitnessIsNoneAndDeathsOneAfterTheOtherAreAllSeen() {
    SimulatedCluster cluster = cluster(5, 10);
    for (int i = 4; i >= 3; i--) {
      cluster.node(i).powered = false;
      long took = cluster.untilDown(i, MINUTE);
      assertTrue(took > 0 && took <= 11_000, took + " ms");
      cluster.run(40_000);
    }
    cluster.node(2).powered = false;
    long took = cluster.untilDown(2, MINUTE);
    assertTrue(took > 0 && took <= 11_000, took + " ms");
    assertEquals(3, cluster.events("node.down"));
    assertEquals(0, cluster.events("cluster.braked"));
  }

  @Test
  void aMachineWhoseAgentDiedStaysSuspect() {
    SimulatedCluster cluster = cluster(3, 11);
    cluster.node(2).agentRuns = false;
    cluster.run(10 * MINUTE);
    nobodyWasLost(cluster);
    assertEquals(Liveness.suspect, cluster.liveness(2));
    assertTrue(cluster.reason(2).contains("its agent may have died"), cluster.reason(2));
  }

  @Test
  void theControlPlanesOwnMachineIsUpAsLongAsItJudges() {
    SimulatedCluster cluster = cluster(3, 12);
    cluster.node(0).agentRuns = false;
    cluster.run(5 * MINUTE);
    nobodyWasLost(cluster);
    assertTrue(cluster.reason(0).contains("see to its agent"), cluster.reason(0));
  }
}
