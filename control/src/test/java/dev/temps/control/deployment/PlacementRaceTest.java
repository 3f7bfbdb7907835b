package dev.temps.control.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.NodeStatus;
import dev.temps.control.store.StoreTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody changes nodes between the moment a placement is planned and the one it is written. */
class PlacementRaceTest extends StoreTest {
  private TestCluster cluster;

  @BeforeEach
  void twoNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b");
  }

  /** The same rooms, but the nodes are changed right after they were looked at first. */
  private DeploymentParts then(Runnable change) {
    DeploymentParts p = cluster.parts;
    boolean[] done = {false};
    Fleet fleet =
        handle -> {
          List<Member> members = cluster.members(handle);
          if (!done[0]) {
            done[0] = true;
            CompletableFuture.runAsync(change).join(); // another person, another transaction
          }
          return members;
        };
    return new DeploymentParts(
        p.database(),
        fleet,
        p.ingresses(),
        p.addresses(),
        p.sealer(),
        p.events(),
        p.audit(),
        p.ids(),
        p.time(),
        p.changed(),
        p.observedChanged());
  }

  private static DeployRequest web(int replicas) {
    String json = "{\"project\":\"web\",\"image\":\"web\",\"replicas\":" + replicas + "}";
    return Json.readStrict(DeployRequest.class, json);
  }

  @Test
  void aDeployObeysACordonThatWasCommittedBeforeItWasWritten() {
    DeploymentParts parts = then(() -> cluster.cordon("b"));
    new DeployService(parts, cluster.registries, cluster.gateway).deploy(web(4), TestCluster.ANNA);
    assertEquals(List.of("a", "a", "a", "a"), cluster.where("web"));
  }

  @Test
  void theReconcilerObeysACordonThatWasCommittedAfterItPlanned() {
    cluster.cordon("a");
    cluster.cordon("b");
    Deployment made = cluster.deploy(web(2));
    cluster.availability("b", Availability.active);
    DeploymentParts parts = then(() -> cluster.cordon("b"));
    new DeploymentReconciler(parts, cluster.gateway).step();
    assertEquals(List.of(), cluster.where("web"));
    String why = String.valueOf(cluster.deployment(made.id()).reason());
    assertTrue(why.contains("2 nodes: cordoned"), why);
    cluster.availability("b", Availability.active);
    cluster.settle();
    assertEquals(List.of("b", "b"), cluster.where("web"));
  }

  @Test
  void aNodeThatComesAndGoesGetsNothingNewAndLeavesNothingInTheWayOfPasses() {
    cluster.deploy(
        Json.readStrict(
            DeployRequest.class,
            "{\"project\":\"logs\",\"image\":\"web\",\"placement\":{\"global\":true}}"));
    cluster.settle();
    for (int i = 0; i < 20; i++) {
      cluster.liveness("b", Liveness.down);
      cluster.advance(Duration.ofSeconds(5));
      assertEquals(List.of("a"), cluster.where("logs"));
      cluster.liveness("b", Liveness.ready);
      cluster.advance(Duration.ofSeconds(5));
      assertEquals(List.of("a", "b"), cluster.where("logs").stream().sorted().toList());
    }
    cluster.advance(Duration.ofMinutes(1));
    assertEquals(2, cluster.living().size());
    cluster.liveness("b", Liveness.down);
    cluster.settle();
    cluster.liveness("b", Liveness.ready);
    cluster.condition("b", new Condition(NodeStatus.STEADY, false, "It was down."));
    cluster.settle();
    assertEquals(List.of("a"), cluster.where("logs"));
    cluster.condition("b", new Condition("docker", true, ""));
    cluster.settle();
    assertEquals(List.of("a", "b"), cluster.where("logs").stream().sorted().toList());
  }

  @Test
  void replicasThatWereRemovedLongAgoAreForgotten() {
    cluster.deploy(web(2));
    cluster.settle();
    cluster.apps.remove("web", TestCluster.ANNA);
    cluster.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), cluster.living());
    assertEquals(2, rows());
    long now = cluster.time.millis();
    assertEquals(0, (int) database.write(h -> ReplicaStore.dropOld(h, now, 500)));
    long later = now + Duration.ofDays(91).toMillis();
    assertEquals(1, (int) database.write(h -> ReplicaStore.dropOld(h, later, 1)));
    assertEquals(1, (int) database.write(h -> ReplicaStore.dropOld(h, later, 500)));
    assertEquals(0, rows());
  }

  private int rows() {
    return database.read(h ->
        h.createQuery("SELECT COUNT(*) FROM deployment_containers").mapTo(Integer.class).one());
  }

  @Test
  void aNodeThatBecameSmallerKeepsWhatItHasAndGetsNothingMore() {
    cluster.cordon("a");
    DeployRequest big =
        Json.readStrict(
            DeployRequest.class,
            "{\"project\":\"big\",\"image\":\"web\",\"replicas\":3,\"memoryBytes\":536870912}");
    cluster.deploy(big);
    cluster.settle();
    cluster.advance(DeploymentPlanner.WATCHED.plusSeconds(1));
    cluster.size("b", 2_000, 1L << 30);
    cluster.advance(Duration.ofMinutes(2));
    assertEquals(List.of("b", "b", "b"), cluster.where("big"));
    Deployment more =
        cluster.deploy(
            Json.readStrict(
                DeployRequest.class,
                "{\"project\":\"more\",\"image\":\"web\",\"memoryBytes\":268435456}"));
    cluster.settle();
    String why = String.valueOf(cluster.deployment(more.id()).reason());
    assertTrue(why.contains("1 node: 768 MiB memory short"), why);
    cluster.size("b", 2_000, 2L << 30);
    cluster.settle();
    assertEquals(List.of("b"), cluster.where("more"));
  }
}
