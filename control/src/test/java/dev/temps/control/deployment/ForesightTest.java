package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.deployment.LossPlan.Move;
import dev.temps.control.deployment.LossPlan.OfApp;
import dev.temps.control.deployment.LossPlan.Outcome;
import dev.temps.control.node.Liveness;
import dev.temps.control.scheduler.Explanation;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations and simulations over the real store, held against what then happens. */
class ForesightTest extends StoreTest {
  private TestCluster cluster;
  private PlacementService placements;
  private LossService losses;

  @BeforeEach
  void threeNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
    placements = new PlacementService(cluster.parts);
    losses = new LossService(cluster.parts, () -> false);
  }

  private void deploy(String json) {
    cluster.gateway.push("web:latest", TestCluster.DIGEST, "amd64");
    cluster.deploy(Json.read(DeployRequest.class, json));
    cluster.settle();
    cluster.advance(DeploymentPlanner.WATCHED);
  }

  private LossPlan losing(String... nodes) {
    return losses.simulate(List.of(nodes), _ -> true).plan();
  }

  private Map<String, OfApp> byApp(LossPlan plan) {
    return plan.apps().stream().collect(Collectors.toMap(OfApp::app, one -> one));
  }

  @Test
  void anAppThatRunsIsExplainedWithTheNodeTheNextReplicaReallyGetsAndEveryScore() {
    deploy("{\"project\":\"web\",\"image\":\"web\",\"replicas\":2}");
    PlacementReport report = placements.explain("web");
    assertEquals(0, report.missing());
    assertNull(report.refused());
    assertEquals(2, report.staying().size());
    Explanation explanation = Objects.requireNonNull(report.explanation());
    assertEquals(3, explanation.nodes().size());
    assertTrue(explanation.nodes().stream().allMatch(v -> v.scores().size() > 5));
    String next = Objects.requireNonNull(explanation.chosen());
    cluster.apps.scale("web", 3, ANNA);
    cluster.settle();
    assertEquals(next, "n-" + cluster.where("web").getLast());
  }

  @Test
  void anAppThatWaitsSaysWhatIsShortOnHowManyNodesAndWhatWouldHelp() {
    deploy("{\"project\":\"web\",\"image\":\"web\",\"replicas\":1,\"memoryBytes\":1073741824}");
    deploy("{\"project\":\"big\",\"image\":\"web\",\"replicas\":3,\"memoryBytes\":1073741824}");
    cluster.cordon("a");
    cluster.cordon("b");
    cluster.liveness("c", Liveness.down);
    cluster.settle();
    PlacementReport report = placements.explain("big");
    assertEquals(1, report.missing());
    var refused = Objects.requireNonNull(report.refused());
    assertEquals("2 nodes: cordoned; 1 node: down", refused.words());
    assertEquals("uncordon b", refused.ways().getFirst());
    assertNull(Objects.requireNonNull(report.explanation()).chosen());
  }

  @Test
  void aSimulatedLossIsWhatThenHappens() {
    deploy("{\"project\":\"web\",\"image\":\"web\",\"replicas\":2}");
    deploy("{\"project\":\"blog\",\"image\":\"web\",\"replicas\":4}");
    deploy("{\"project\":\"data\",\"image\":\"web\",\"volumes\":{\"d\":\"/d\"}}");
    for (String lost : List.of("a", "b", "c")) {
      Map<String, OfApp> plans = byApp(losing(lost));
      boolean home = cluster.where("data").contains(lost);
      assertEquals(home, plans.containsKey("data"));
      if (home) {
        assertEquals(Outcome.DATA_AWAY, Objects.requireNonNull(plans.get("data")).outcome());
      }
      cluster.liveness(lost, Liveness.down);
      cluster.settle();
      for (String app : List.of("web", "blog")) {
        OfApp plan = plans.get(app);
        if (plan != null) {
          assertEquals(Outcome.CONTINUES, plan.outcome());
          plan.moves().forEach(move -> assertEquals(move.to(), nowOn(app, move)));
        }
      }
      boolean left =
          cluster.living().stream().noneMatch(r -> r.staying() && r.nodeId().equals("n-" + lost));
      assertEquals(!home, left, "only what its data holds stays on " + lost);
      cluster.liveness(lost, Liveness.ready);
      cluster.settle();
    }
  }

  private String nowOn(String app, Move move) {
    return cluster.app(app).newest().orElseThrow().staying().stream()
        .filter(r -> r.name(app).equals(move.replica()))
        .map(r -> r.nodeId().substring(2))
        .findFirst()
        .orElse("nowhere");
  }

  @Test
  void namesThatAreNotThereOrTwiceAreRefusedByName() {
    assertEquals("no-such-node", problem("a", "elsewhere").type());
    assertTrue(problem("elsewhere").detail().contains("elsewhere"));
    assertTrue(problem("a", "n-a").detail().contains("n-a"));
    assertEquals(422, problem().status());
  }

  private Problem problem(String... nodes) {
    return assertThrows(ProblemException.class, () -> losing(nodes)).problem();
  }

  @Test
  void appsOfOthersAreNotToldOf() {
    deploy("{\"project\":\"web\",\"image\":\"web\",\"replicas\":3}");
    deploy("{\"project\":\"blog\",\"image\":\"web\",\"replicas\":3}");
    LossService.Simulated seen = losses.simulate(List.of("a"), "web"::equals);
    assertEquals(List.of("web"), seen.plan().apps().stream().map(OfApp::app).toList());
    assertEquals(0, seen.untouched());
  }

  @Test
  void theStatusFollowsTheCluster() {
    deploy("{\"project\":\"web\",\"image\":\"web\",\"replicas\":2}");
    assertEquals(1, losses.tolerance(_ -> true).machines());
    deploy("{\"project\":\"data\",\"image\":\"web\",\"node\":\"b\",\"volumes\":{\"d\":\"/d\"}}");
    assertEquals(
        "You can lose 1 machine; losing b takes data with it.",
        losses.tolerance(_ -> true).sentences().getFirst());
  }
}
