package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.request;
import static dev.temps.control.deployment.TestCluster.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.DeployRequest;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left out in clusters with thousands of apps makes no difference to anybody. */
class ManyAppsTest extends StoreTest {
  private static final long NEARLY_ALL = 1_500;
  private TestCluster cluster;

  @BeforeEach
  void threeNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
    cluster.gateway.push("web:2", TestCluster.DIGEST.replace('0', '1'), "amd64");
  }

  private static DeployRequest large(String app) {
    return new DeployRequest(
        app,
        null,
        "web",
        1,
        null,
        null,
        null,
        null,
        null,
        NEARLY_ALL,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private void fill() {
    List.of("one", "two", "three").forEach(app -> cluster.deploy(large(app)));
    cluster.settle();
  }

  private long writes() {
    return database.writeTimes().counts().stream().mapToLong(Long::longValue).sum();
  }

  private String reason(Deployment release) {
    return String.valueOf(cluster.deployment(release.id()).reason());
  }

  @Test
  void aPassWritesNothingWhileReleasesWaitInAClusterThatStaysAsItIs() {
    fill();
    List<Deployment> waiting =
        List.of("four", "five", "six").stream().map(a -> cluster.deploy(large(a))).toList();
    cluster.settle();
    long before = writes();
    for (int i = 0; i < 3; i++) {
      cluster.reconciler.step();
    }
    assertEquals(before, writes());
    waiting.forEach(w -> assertTrue(reason(w).startsWith("no place for 1 more: "), reason(w)));
  }

  @Test
  void whatWaitsGetsThePlaceThatBecomesFreeAndTheOthersWaitOn() {
    fill();
    List.of("four", "five", "six").forEach(app -> cluster.deploy(large(app)));
    cluster.settle();
    cluster.apps.remove("two", TestCluster.ANNA);
    cluster.settle();
    List<String> placed =
        List.of("four", "five", "six").stream()
            .filter(app -> !cluster.where(app).isEmpty())
            .toList();
    assertEquals(1, placed.size(), placed.toString());
  }

  @Test
  void whatWaitsSaysSoWhenTheReasonBecomesAnotherOne() {
    fill();
    Deployment waiting = cluster.deploy(large("four"));
    cluster.settle();
    String before = reason(waiting);
    List.of("a", "b", "c").forEach(node -> cluster.availability(node, Availability.cordoned));
    cluster.settle();
    assertNotEquals(before, reason(waiting));
    assertTrue(reason(waiting).contains("cordoned"), reason(waiting));
  }

  @Test
  void anAppReadAloneIsWhatItIsAmongAll() {
    cluster.deploy(web(3));
    cluster.deploy(request("api", "web", 2));
    cluster.settle();
    cluster.liveness("b", Liveness.down);
    cluster.availability("c", Availability.draining);
    cluster.deploy(request("api", "web:2", 4));
    cluster.deploy(large("waits"));
    cluster.reconciler.step();
    AppStates states = new AppStates(cluster);
    long now = cluster.time.millis();
    List<AppState> all = database.read(h -> states.all(h, now));
    assertEquals(3, all.size());
    for (AppState state : all) {
      assertEquals(state, database.read(h -> states.one(h, state.app().id(), now)).orElseThrow());
    }
    cluster.apps.remove("web", TestCluster.ANNA);
    String removed = all.getLast().app().id();
    assertTrue(database.read(h -> states.one(h, removed, now)).isEmpty());
  }

  @Test
  void whatANodeIsToldIsTheSameAsLongAsItsMarkIs() {
    Map<String, Map<String, List<WorkloadSpec>>> seen = new HashMap<>();
    List<Runnable> story =
        List.of(
            () -> cluster.deploy(web(2)),
            () -> cluster.apps.scale("web", 4, TestCluster.ANNA),
            () -> cluster.apps.restart("web", TestCluster.ANNA),
            () -> cluster.apps.stop("web", TestCluster.ANNA),
            () -> cluster.apps.start("web", TestCluster.ANNA),
            () -> cluster.deploy(request("web", "web:2", 2)),
            () -> cluster.deploy(withData()),
            () ->
                database.change(
                    h -> cluster.registries.put(h, "docker.io", "anna", new Secret("s"), 1)),
            () ->
                database.change(
                    h -> cluster.registries.put(h, "docker.io", "anna", new Secret("t"), 1)),
            () -> cluster.deploy(request("web", "web", 2)),
            () -> cluster.apps.remove("web", TestCluster.ANNA));
    for (Runnable event : story) {
      event.run();
      for (int i = 0; i < 6; i++) {
        look(seen);
        cluster.report();
        cluster.reconciler.step();
        cluster.time.advance(java.time.Duration.ofSeconds(4));
      }
    }
    assertTrue(seen.values().stream().anyMatch(marks -> marks.size() > 5), seen.toString());
  }

  private static DeployRequest withData() {
    return new DeployRequest(
        "data",
        null,
        "web",
        1,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of("data", "/data"),
        null,
        null,
        null);
  }

  private void look(Map<String, Map<String, List<WorkloadSpec>>> seen) {
    for (String node : List.of("n-a", "n-b", "n-c")) {
      String mark = database.read(h -> cluster.workloads.mark(h, node));
      List<WorkloadSpec> told = database.read(h -> cluster.workloads.on(h, node));
      List<WorkloadSpec> before =
          seen.computeIfAbsent(node, _ -> new HashMap<>()).putIfAbsent(mark, told);
      assertEquals(before == null ? told : before, told, node);
    }
  }
}
