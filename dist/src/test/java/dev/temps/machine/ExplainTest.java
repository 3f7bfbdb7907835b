package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.LossMove;
import dev.temps.contract.api.LossOfApp;
import dev.temps.contract.api.LossView;
import dev.temps.contract.api.PlacementVerdict;
import dev.temps.contract.api.PlacementView;
import dev.temps.contract.json.Json;
import dev.temps.lab.LabSpec;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is said beforehand is what happens when a machine then loses power. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainTest {
  private Cluster cluster;

  @BeforeAll
  void make() {
    cluster = Cluster.whole(LabSpec.named("explain-test"));
    cluster.deploy("pg", 1, "--node", "node-3", "--volume", "data:/var/lib/data");
    cluster.deploy("web", 3);
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private LossView losing(String node) {
    String shown = cluster.temps("node", "simulate-loss", node, "--json").must("simulate-loss");
    return Json.read(LossView.class, shown);
  }

  private static LossOfApp of(LossView view, String app) {
    return view.apps().stream().filter(a -> a.app().equals(app)).findFirst().orElseThrow();
  }

  private PlacementView explained(String app) {
    return Json.read(PlacementView.class, cluster.temps("explain", app, "--json").must("explain"));
  }

  @Test
  void aSimulatedLossIsWhatHappensWhenTheMachineLosesPower() {
    String page = cluster.temps("explain", "web").must("explain");
    assertTrue(page.startsWith("web runs well: 3 of 3 healthy"), page);
    String status = cluster.temps("status").must("status");
    assertTrue(status.contains("You can lose 1 machine; losing node-3 takes pg with it."), status);
    // Volumes keep their app where its data is, so that machine is the one to lose.
    LossView before = losing("node-3");
    assertEquals("data-away", of(before, "pg").outcome());
    List<LossMove> moves =
        before.apps().stream()
            .filter(a -> a.app().equals("web"))
            .flatMap(a -> a.moves().stream())
            .toList();
    assertEquals(1, moves.size(), before::toString);
    cluster.node("node-3").powerOff();
    cluster.awaitLiveness("node-3", "down");
    eventually(
        Cluster.LONG,
        "web has three healthy replicas on the machines that are left",
        this::settled,
        cluster::state);
    for (LossMove move : moves) {
      assertTrue(
          cluster.containers("web").stream()
              .anyMatch(c -> c.name().equals(move.replica()) && c.node().equals(move.to())),
          move + " " + cluster.state());
    }
    PlacementView pg = explained("pg");
    assertEquals(1, pg.missing(), pg::toString);
    assertTrue(String.valueOf(pg.lack()).contains("the data of volume data is on node-3"));
    assertTrue(pg.nodes().stream().noneMatch(PlacementVerdict::fits), pg::toString);
    cluster.node("node-3").powerOn();
    cluster.awaitLiveness("node-3", "ready");
    cluster.awaitAnswers("node-1", "pg");
  }

  private boolean settled() {
    List<ContainerView> all = cluster.containers("web");
    return all.size() == 3
        && all.stream().allMatch(c -> c.health().equals("healthy") && !c.node().equals("node-3"));
  }
}
