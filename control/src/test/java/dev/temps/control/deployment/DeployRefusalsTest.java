package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.request;
import static dev.temps.control.deployment.TestCluster.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a deploy refuses, in which words, and that nothing is changed then. */
class DeployRefusalsTest extends StoreTest {
  private TestCluster cluster;

  @BeforeEach
  void twoNodes() {
    cluster = new TestCluster(database, folder).nodes("a");
    cluster.node("b", "amd64", Map.of("region", "eu"));
  }

  private Problem refused(DeployRequest request) {
    List<Replica> before = cluster.living();
    Problem problem = assertThrows(ProblemException.class, () -> cluster.deploy(request)).problem();
    assertEquals(before, cluster.living());
    assertFalse(problem.next().isEmpty());
    return problem;
  }

  private Problem refused(String json) {
    return refused(
        Json.readStrict(
            DeployRequest.class, "{\"project\":\"web\",\"image\":\"web\"," + json + "}"));
  }

  @Test
  void everyBadValueIsRefusedByName() {
    Map<String, String> bad =
        Map.ofEntries(
            Map.entry("\"replicas\":-1", "invalid-replicas"),
            Map.entry("\"replicas\":101", "invalid-replicas"),
            Map.entry("\"cpuMillis\":-5", "invalid-cpu"),
            Map.entry("\"cpuMillis\":9000000000", "invalid-cpu"),
            Map.entry("\"memoryBytes\":-1", "invalid-memory"),
            Map.entry("\"memoryBytes\":1000", "invalid-memory"),
            Map.entry("\"memoryBytes\":9000000000000000000", "invalid-memory"),
            Map.entry("\"port\":0", "invalid-port"),
            Map.entry("\"port\":65536", "invalid-port"),
            Map.entry("\"healthPath\":\"health\"", "invalid-health-path"),
            Map.entry("\"healthPath\":\"/a\\nb\"", "invalid-health-path"),
            Map.entry("\"protocol\":\"grpc\"", "invalid-protocol"),
            Map.entry("\"protocol\":\"h2c\",\"healthPath\":\"/up\"", "invalid-health-path"),
            Map.entry("\"env\":{\"A B\":\"x\"}", "invalid-variable"),
            Map.entry("\"env\":{\"\":\"x\"}", "invalid-variable"),
            Map.entry("\"env\":{\"A\":\"\\u0000\"}", "invalid-variable"),
            Map.entry("\"environment\":\"a;b\"", "invalid-environment-name"),
            Map.entry("\"command\":[\"a\\u0000\"]", "invalid-command"),
            Map.entry("\"node\":\"nowhere\"", "no-such-node"),
            Map.entry("\"node\":\"$(id)\"", "no-such-node"),
            Map.entry("\"require\":{\"region\":\"mars\"}", "invalid-label"),
            Map.entry("\"require\":{\"a\\nb\":\"x\"}", "invalid-label"));
    bad.forEach((json, type) -> assertEquals(type, refused(json).type(), json));
  }

  @Test
  void whatAnAppSpeaksStaysUntilSomethingElseIsSaid() {
    String start = "{\"project\":\"rpc\",\"image\":\"web\"";
    for (String said : List.of(",\"protocol\":\"h2c\"}", "}")) {
      Deployment made = cluster.deploy(Json.readStrict(DeployRequest.class, start + said));
      assertEquals("h2c", made.parsed().protocol());
    }
    Deployment plain =
        cluster.deploy(Json.readStrict(DeployRequest.class, start + ",\"protocol\":\"http\"}"));
    assertNull(plain.parsed().protocol());
  }

  @Test
  void namesThatCouldDoHarmAreRefused() {
    Stream.of("a;b", "$(id)", "a\nb", "-a", "x".repeat(300), "🙂", "", "A")
        .forEach(name -> assertEquals(422, refused(request(name, "web", 1)).status(), name));
  }

  @Test
  void aMissingProjectOrImageIsRefused() {
    for (String json : List.of("{\"image\":\"web\"}", "{\"project\":\"web\"}")) {
      DeployRequest request = Json.readStrict(DeployRequest.class, json);
      assertEquals(422, refused(request).status());
    }
  }

  @Test
  void aRequiredLabelThatNoNodeHasIsNamedWithTheOnesThatAre() {
    Problem problem = refused("\"require\":{\"region\":\"mars\"}");
    assertEquals("No node has the label region=mars; there are: region=eu.", problem.detail());
  }

  @Test
  void anImageThatIsNowhereIsRefusedWithTheRegistrysAnswer() {
    Problem problem = refused(request("web", "ghcr.io/acme/none:1", 1));
    assertEquals("image-missing", problem.type());
    assertTrue(problem.detail().contains("manifest unknown"), problem.detail());
    assertTrue(problem.next().contains("temps registry login ghcr.io"), problem.next());
  }

  @Test
  void anImageForOtherMachinesIsRefused() {
    cluster.gateway.push("web:arm", TestCluster.DIGEST, "arm64", "riscv64");
    Problem problem = refused(request("web", "web:arm", 1));
    assertEquals("image-architecture", problem.type());
    assertEquals("web:arm is for arm64, riscv64, the nodes are amd64.", problem.detail());
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatIsShortWhere() {
    cluster.deploy(web(1));
    cluster.settle();
    cluster.cordon("b");
    Problem problem = refused("\"replicas\":2,\"memoryBytes\":1610612736");
    assertEquals("no-place", problem.type());
    assertEquals(
        "1 of 2 replicas fit, then: 1 node: 1024 MiB memory short; 1 node: cordoned.",
        problem.detail());
  }

  @Test
  void theRunningReleaseStaysWhenTheNextDoesNotFit() {
    cluster.deploy(web(2));
    cluster.settle();
    List<String> before = cluster.backends("web");
    refused("\"replicas\":5,\"memoryBytes\":1610612736");
    cluster.settle();
    assertEquals(before, cluster.backends("web"));
    assertEquals(2, cluster.app("web").app().replicas());
  }

  @Test
  void reservationsOfStartingReplicasCount() {
    cluster.deploy(
        new DeployRequest(
            "big", null, "web", 2, null, null, null, null, null, 1_500L, null, null, null, null,
            null, null, null, null));
    Deployment next =
        cluster.deploy(
            Json.readStrict(
                DeployRequest.class, "{\"project\":\"web\",\"image\":\"web\",\"cpuMillis\":1000}"));
    String why = String.valueOf(cluster.deployment(next.id()).reason());
    assertTrue(why.contains("no place for 1 more: 2 nodes: 0.5 cpu short"), why);
  }

  @Test
  void nothingIsPlacedWhereNodesAreNotReady() {
    cluster.liveness("a", Liveness.pending);
    cluster.liveness("b", Liveness.down);
    assertEquals("no-node-ready", refused(web(1)).type());
    cluster.liveness("b", Liveness.ready);
    cluster.cutOff("b");
    String why = String.valueOf(cluster.deployment(cluster.deploy(web(1)).id()).reason());
    assertTrue(why.contains("reaches no other node over the mesh"), why);
  }

  @Test
  void anAgentThatCanNotBeAskedIsNotTheEndWhenAnotherCan() {
    cluster.gateway.reachable("n-a", false);
    assertEquals("web@" + TestCluster.DIGEST, imageOf(cluster.deploy(web(1))));
    cluster.gateway.reachable("n-b", false);
    assertEquals("agent-unreachable", refused(web(1)).type());
  }

  private static String imageOf(Deployment deployment) {
    return "web@" + deployment.digest();
  }

  @Test
  void anImageThatOnlyANodeHasRunsThere() {
    cluster.gateway.load("n-b", "local:1", "sha256:id", "amd64", 3000);
    Deployment release = cluster.deploy(request("web", "local:1", 2));
    assertEquals(List.of("b", "b"), cluster.where("web"));
    assertEquals("sha256:id", release.localImageId());
    assertEquals(3000, release.parsed().port());
    assertEquals("local:1", database.read(h -> cluster.workloads.on(h, "n-b")).getFirst().image());
  }

  @Test
  void aPrivateImageNeedsTheRegistrysLogin() {
    cluster.gateway.push("ghcr.io/acme/web:1", TestCluster.DIGEST, "amd64");
    cluster.gateway.protect("ghcr.io/acme/web:1", "hidden");
    assertEquals("image-missing", refused(request("web", "ghcr.io/acme/web:1", 1)).type());
    database.change(h -> cluster.registries.put(h, "ghcr.io", "anna", new Secret("hidden"), 1));
    cluster.deploy(request("web", "ghcr.io/acme/web:1", 1));
    var login = database.read(h -> cluster.workloads.on(h, "n-a")).getFirst().login();
    assertEquals("hidden", login == null ? null : login.password());
  }

  @Test
  void whatIsNotSaidStaysAsItWas() {
    cluster.deploy(
        Json.read(
            DeployRequest.class,
            """
            {"project":"web","image":"web","replicas":2,"node":"b","env":{"KEY":"v"},
             "cpuMillis":100,"memoryBytes":10000000,"port":3000,"healthPath":"/ok",
             "command":["serve"]}
            """));
    cluster.settle();
    Deployment second =
        cluster.deploy(Json.read(DeployRequest.class, "{\"project\":\"web\",\"image\":\"web\"}"));
    ReleaseSettings kept = second.parsed();
    assertEquals("n-b", kept.node());
    assertEquals(3000, kept.port());
    assertEquals("/ok", kept.healthPath());
    assertEquals(List.of("serve"), kept.command());
    assertEquals(100, kept.cpuMillis());
    assertEquals(List.of("b", "b"), cluster.where("web"));
    assertTrue(
        database.read(h -> cluster.workloads.on(h, "n-b")).getLast().env().contains("KEY=v"));
    Deployment third =
        cluster.deploy(
            Json.read(
                DeployRequest.class,
                """
                {"project":"web","image":"web","node":"","healthPath":"","command":[],"env":{}}
                """));
    assertEquals(null, third.parsed().node());
    assertEquals(null, third.parsed().healthPath());
    assertEquals(null, third.parsed().command());
  }

  @Test
  void variablesStandNowhereInTheStoreInTheClear() {
    cluster.deploy(
        Json.read(
            DeployRequest.class,
            "{\"project\":\"web\",\"image\":\"web\",\"env\":{\"KEY\":\"s3cr3t\"}}"));
    Deployment stored = database.read(h -> DeploymentStore.list(h, null, 1)).getFirst();
    assertFalse(stored.envSealed().contains("s3cr3t"));
    assertFalse(stored.settings().contains("s3cr3t"));
    assertTrue(
        database.read(h -> AuditLog.newest(h, 100)).stream()
            .noneMatch(e -> e.toString().contains("s3cr3t")));
    assertFalse(new Variables(Map.of("KEY", "s3cr3t"), null).toString().contains("s3cr3t"));
  }

  @Test
  void everyChangeIsInTheAuditLog() {
    cluster.deploy(web(1));
    cluster.settle();
    cluster.apps.scale("web", 2, TestCluster.ANNA);
    cluster.apps.restart("web", TestCluster.ANNA);
    cluster.apps.stop("web", TestCluster.ANNA);
    cluster.apps.start("web", TestCluster.ANNA);
    cluster.apps.remove("web", TestCluster.ANNA);
    assertEquals(
        List.of("app.deploy", "app.remove", "app.restart", "app.scale", "app.start", "app.stop"),
        database.read(h -> AuditLog.newest(h, 100)).stream()
            .map(e -> e.action())
            .sorted()
            .toList());
  }
}
