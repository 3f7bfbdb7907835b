package dev.temps.control.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.api.DeployPlan;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.api.PlacementStrategy;
import dev.temps.contract.api.PlannedReplica;
import dev.temps.contract.json.Json;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people wish about places, from the request to the node. */
class PlacementWishesTest extends StoreTest {
  private static final long TIB = 1L << 40;

  private TestCluster cluster;

  @BeforeEach
  void threeNodesInTwoZones() {
    cluster = new TestCluster(database, folder);
    cluster.node("a", "amd64", Map.of("zone", "x", "gpu", "yes"));
    cluster.node("b", "amd64", Map.of("zone", "y"));
    cluster.node("c", "amd64", Map.of("zone", "y"));
  }

  private Deployment deploy(String app, String more) {
    String json = "{\"project\":\"" + app + "\",\"image\":\"web\"" + more + "}";
    Deployment made = cluster.deploy(Json.readStrict(DeployRequest.class, json));
    cluster.settle();
    return made;
  }

  private void deployed(String app, String placement) {
    deploy(app, ",\"placement\":{" + placement + "}");
  }

  private Problem refused(String more) {
    return assertThrows(ProblemException.class, () -> deploy("web", more)).problem();
  }

  private List<String> where(String app) {
    return cluster.where(app).stream().sorted().toList();
  }

  @Test
  void aTaintKeepsAppsOffThatDoNotTolerateIt() {
    cluster.taint("a", "dedicated", "db:no-place");
    deploy("web", ",\"replicas\":4");
    assertEquals(List.of("b", "b", "c", "c"), where("web"));
    deploy("pg", ",\"replicas\":3,\"placement\":{\"tolerate\":[\"dedicated=db\"]}");
    assertEquals(List.of("a", "b", "c"), where("pg"));
  }

  @Test
  void aLabelMayHaveOneOfSeveralValuesOrJustBeThere() {
    deploy("web", ",\"replicas\":2,\"require\":{\"zone\":\"y,z\"}");
    assertEquals(List.of("b", "c"), where("web"));
    deploy("ml", ",\"require\":{\"gpu\":\"\"}");
    assertEquals(List.of("a"), where("ml"));
    deploy("cpu", ",\"replicas\":2,\"avoid\":{\"gpu\":\"\"}");
    assertEquals(List.of("b", "c"), where("cpu"));
  }

  @Test
  void anAppCanBeNearAnotherAndApartFromAThird() {
    deploy("cache", ",\"node\":\"b\"");
    deploy("noisy", ",\"node\":\"c\"");
    deployed("web", "\"near\":[\"cache\"]");
    assertEquals(List.of("b"), where("web"));
    deploy("quiet", ",\"replicas\":2,\"placement\":{\"apart\":[\"noisy\"]}");
    assertEquals(List.of("a", "b"), where("quiet"));
    // It works both ways: who comes later keeps away from who shuns it.
    deploy("noisy", ",\"node\":\"\",\"replicas\":1");
    assertEquals(List.of("c"), where("noisy"));
  }

  @Test
  void wishesStayUntilTheyAreTakenBack() {
    deploy("cache", ",\"node\":\"b\"");
    deployed("web", "\"near\":[\"cache\"]");
    deploy("web", "");
    assertEquals(List.of("b"), where("web"));
    deployed("web", "\"near\":[],\"prefer\":[\"zone=x\"]");
    cluster.advance(DeploymentPlanner.WATCHED.plusSeconds(10));
    assertEquals(List.of("a"), where("web"));
  }

  /** On the two nodes of zone y; a third of b is taken, so that spreading and packing differ. */
  private String next(String app, String strategy) {
    deploy(app, ",\"cpuMillis\":100,\"require\":{\"zone\":\"y\"}" + strategy);
    return where(app).getFirst();
  }

  @Test
  void theClusterPacksWhatSaysNothingAndTheAppHasTheLastWord() {
    PlacementDefaults defaults = new PlacementDefaults(cluster.parts);
    deploy("filler", ",\"node\":\"b\",\"cpuMillis\":600");
    assertEquals("c", next("before", ""));
    assertEquals("spread", defaults.show(_ -> true).strategy());
    cluster.apps.remove("before", TestCluster.ANNA);
    cluster.advance(Duration.ofSeconds(30));
    defaults.set("pack", _ -> true, TestCluster.ANNA);
    assertEquals("b", next("silent", ""));
    assertEquals("c", next("own", ",\"placement\":{\"strategy\":\"spread\"}"));
    assertEquals(List.of("own"), defaults.show(_ -> true).spreading());
    assertEquals(List.of(), defaults.show("shop"::equals).spreading());
    PlacementService explains = new PlacementService(cluster.parts);
    assertEquals(new PlacementStrategy("pack", "cluster"), explains.explain("silent").strategy());
    assertEquals(new PlacementStrategy("spread", "app"), explains.explain("own").strategy());
    // Taken back, it is as the cluster has it; a wish about something else changes nothing there.
    deployed("own", "\"strategy\":\"\",\"prefer\":[\"disk=ssd\"]");
    assertEquals(new PlacementStrategy("pack", "cluster"), explains.explain("own").strategy());
  }

  @Test
  void aPlanSaysWhichStrategyAppliedAndWhoSaidSo() {
    new PlacementDefaults(cluster.parts).set("pack", _ -> true, TestCluster.ANNA);
    for (String[] one :
        new String[][] {
          {"", "pack", "cluster"},
          {",\"placement\":{\"strategy\":\"spread\"}", "spread", "app"},
          {",\"placement\":{\"near\":[]}", "pack", "cluster"}
        }) {
      String json = "{\"project\":\"web\",\"image\":\"web\"" + one[0] + "}";
      DeployPlan plan =
          cluster.deployer.plan(Json.readStrict(DeployRequest.class, json), TestCluster.ANNA);
      assertEquals(new PlacementStrategy(one[1], one[2]), plan.strategy(), json);
    }
  }

  @Test
  void anotherDefaultMovesNothingThatRunsAndIsAuditedOnce() {
    deploy("web", ",\"replicas\":3");
    List<String> before = cluster.living().stream().map(r -> r.id() + r.nodeId()).toList();
    PlacementDefaults defaults = new PlacementDefaults(cluster.parts);
    defaults.set("pack", _ -> true, TestCluster.ANNA);
    defaults.set("pack", _ -> true, TestCluster.ANNA);
    cluster.advance(Duration.ofMinutes(5));
    assertEquals(before, cluster.living().stream().map(r -> r.id() + r.nodeId()).toList());
    List<String> audited =
        database.read(h ->
            h.createQuery("SELECT subject FROM audit_log WHERE action = 'placement.set'")
                .mapTo(String.class)
                .list());
    assertEquals(List.of("apps that say nothing: pack, no longer spread"), audited);
    String type =
        assertThrows(
                ProblemException.class, () -> defaults.set("tight", _ -> true, TestCluster.ANNA))
            .problem()
            .type();
    assertEquals("invalid-strategy", type);
  }

  @Test
  void aReleaseOfBeforeTheDefaultCouldBeSaidKeepsWhatItSays() {
    String json =
        "{\"tolerate\":[],\"near\":[],\"apart\":[],\"prefer\":[],\"maxSkew\":1,"
            + "\"global\":false";
    assertEquals(true, Json.read(PlacementSettings.class, json + ",\"pack\":true}").pack());
    assertNull(Json.read(PlacementSettings.class, json + "}").pack());
  }

  @Test
  void whatCanNotBeMeantIsRefusedAtOnce() {
    Map.of(
            ",\"placement\":{\"near\":[\"nobody\"]}",
            "invalid-neighbour",
            ",\"placement\":{\"spread\":\"moon\"}",
            "invalid-spread",
            ",\"placement\":{\"maxSkew\":1}",
            "invalid-max-skew",
            ",\"placement\":{\"spread\":\"zone\",\"maxSkew\":0}",
            "invalid-skew",
            ",\"placement\":{\"strategy\":\"luck\"}",
            "invalid-strategy",
            ",\"placement\":{\"global\":true},\"replicas\":2",
            "invalid-replicas",
            ",\"placement\":{\"global\":true},\"node\":\"a\"",
            "invalid-placement",
            ",\"require\":{\"zone\":\"x\"},\"avoid\":{\"zone\":\"x\"}",
            "invalid-placement",
            ",\"require\":{\"zone\":\"x,,y\"}",
            "invalid-label",
            ",\"require\":{\"" + "k/".repeat(150) + "\":\"x\"}",
            "invalid-label")
        .forEach((json, type) -> assertEquals(type, refused(json).type(), json));
  }

  @Test
  void aFirstReleaseWaitsForRoomAndBeginsByItself() {
    cluster.cordon("b");
    cluster.cordon("c");
    Deployment made = deploy("web", ",\"replicas\":2,\"memoryBytes\":1610612736");
    String why = String.valueOf(cluster.deployment(made.id()).reason());
    assertTrue(why.startsWith("no place for 2 more: 1 of 2 replicas fit, then: "), why);
    assertTrue(why.contains("1024 MiB memory short"), why);
    assertTrue(why.contains("uncordon b"), why);
    cluster.availability("c", Availability.active);
    cluster.settle();
    assertEquals(List.of("a", "c"), where("web"));
    cluster.advance(DeploymentPlanner.WATCHED.plusSeconds(1));
    assertEquals(DeploymentState.serving, cluster.deployment(made.id()).state());
  }

  @Test
  void aNodeWhoseDiskIsNearlyFullGetsNothingNewUntilRoomIsMade() {
    deploy("old", ",\"node\":\"a\"");
    for (String node : List.of("a", "b")) {
      cluster.diskUsed(node, TIB / 100 * 99 + (5L << 30));
    }
    cluster.cordon("c");
    Deployment made = deploy("web", ",\"replicas\":2");
    String why = String.valueOf(cluster.deployment(made.id()).reason());
    assertTrue(why.startsWith("no place for 2 more: 2 nodes: disk 99 % full; 1 node: cor"), why);
    assertTrue(why.contains("what would help: 4875 MiB freed on the disk of a"), why);
    assertEquals(List.of("a"), where("old"), "what runs there stays");
    cluster.diskUsed("b", TIB / 2);
    cluster.settle();
    assertEquals(List.of("b", "b"), where("web"));
  }

  @Test
  void whatItsAgentSaysOfADiskCountsToo() {
    String detail = "The disk with /var/lib/temps is full: 200 MiB of 8000 MiB are free.";
    cluster.condition("a", new Condition("disk", false, detail));
    Deployment made = deploy("web", ",\"node\":\"a\"");
    String why = String.valueOf(cluster.deployment(made.id()).reason());
    assertTrue(why.contains("1 node: disk trouble: " + detail), why);
    assertTrue(why.contains("what would help: room on the disk of a, or ask for b"), why);
    deploy("api", ",\"replicas\":2");
    assertEquals(List.of("b", "c"), where("api"));
  }

  @Test
  void aPlanSaysWhatADeployWouldDoAndChangesNothing() {
    String json = "{\"project\":\"web\",\"image\":\"web\",\"replicas\":4}";
    DeployRequest request = Json.readStrict(DeployRequest.class, json);
    DeployPlan plan = cluster.deployer.plan(request, TestCluster.ANNA);
    assertTrue(plan.created());
    assertEquals(List.of(), cluster.living());
    assertEquals(List.of(), cluster.told("deployment.started"));
    cluster.deploy(request);
    cluster.settle();
    assertEquals(cluster.where("web"), plan.replicas().stream().map(PlannedReplica::node).toList());
    assertEquals("web-1", plan.replicas().getFirst().name());
    cluster.advance(DeploymentPlanner.WATCHED.plusSeconds(1));
    DeployPlan next = cluster.deployer.plan(request, TestCluster.ANNA);
    assertTrue(!next.created() && next.waits() == null, next::toString);
    cluster.cordon("a");
    cluster.cordon("b");
    cluster.cordon("c");
    String api = json.replace("web\",\"image", "api\",\"image");
    DeployPlan waiting =
        cluster.deployer.plan(Json.readStrict(DeployRequest.class, api), TestCluster.ANNA);
    assertTrue(String.valueOf(waiting.waits()).contains("3 nodes: cordoned"), waiting::toString);
  }

  @Test
  void whatWouldNotFitOnEmptyNodesIsRefused() {
    Problem problem = refused(",\"replicas\":4,\"memoryBytes\":1610612736");
    assertEquals("no-place", problem.type());
    assertTrue(problem.detail().startsWith("3 of 4 replicas fit, then:"), problem.detail());
  }

  @Test
  void anAppThatIsEverywhereFollowsTheNodes() {
    cluster.taint("a", "dedicated", "db:no-place");
    deployed("logs", "\"global\":true");
    assertEquals(List.of("b", "c"), where("logs"));
    cluster.nodes("d");
    cluster.settle();
    assertEquals(List.of("b", "c", "d"), where("logs"));
    cluster.liveness("d", Liveness.suspect);
    cluster.settle();
    assertEquals(List.of("b", "c", "d"), where("logs"));
    cluster.liveness("d", Liveness.down);
    cluster.settle();
    assertEquals(List.of("b", "c"), where("logs"));
    cluster.availability("b", Availability.draining);
    cluster.settle();
    assertEquals(List.of("c"), where("logs"));
    cluster.liveness("d", Liveness.ready);
    cluster.availability("b", Availability.active);
    cluster.settle();
    assertEquals(List.of("b", "c", "d"), where("logs"));
  }

  @Test
  void anAppThatIsEverywhereIsReplacedEverywhere() {
    deployed("logs", "\"global\":true");
    Deployment next = deploy("logs", "");
    cluster.advance(DeploymentPlanner.WATCHED.plusSeconds(1));
    assertEquals(DeploymentState.serving, cluster.deployment(next.id()).state());
    assertEquals(List.of("a", "b", "c"), where("logs"));
    String why =
        assertThrows(ProblemException.class, () -> cluster.apps.scale("logs", 5, TestCluster.ANNA))
            .problem()
            .detail();
    assertTrue(why.contains("on every node that fits"), why);
  }

  @Test
  void replicasWaitRatherThanBeUnevenOverZones() {
    deploy("filler", ",\"node\":\"a\",\"memoryBytes\":1610612736");
    String even = ",\"placement\":{\"spread\":\"zone\",\"maxSkew\":1}";
    Deployment made = deploy("web", ",\"replicas\":3,\"memoryBytes\":1073741824" + even);
    String why = String.valueOf(cluster.deployment(made.id()).reason());
    assertTrue(why.startsWith("no place for 3 more: 1 of 3 replicas fit, then: "), why);
    cluster.apps.remove("filler", TestCluster.ANNA);
    cluster.advance(Duration.ofSeconds(30));
    assertEquals(3, where("web").size());
    assertTrue(where("web").contains("a"), where("web")::toString);
  }
}
