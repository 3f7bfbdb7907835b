package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.audit.AuditEntry;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodesTest extends StoreTest {
  private PaperCluster cluster;
  private Node node;

  @BeforeEach
  void oneNode() {
    cluster = new PaperCluster(database);
    node = cluster.join(new PaperMachine(1));
  }

  private String refused(Runnable work) {
    return assertThrows(ProblemException.class, work::run).problem().type();
  }

  @Test
  void cordonsUncordonsAndLabels() {
    Nodes nodes = cluster.nodes;
    assertEquals(
        Availability.cordoned,
        nodes.patch(PaperCluster.OWNER, "worker-2", "cordoned", null, null).availability());
    nodes.patch(PaperCluster.OWNER, node.id(), "active", Map.of("region", "eu", "zone", "a"), null);
    Node after = nodes.patch(PaperCluster.OWNER, "worker-2", null, Map.of("zone", ""), null);
    assertEquals(Availability.active, after.availability());
    assertEquals(Map.of("region", "eu"), after.labels());
    assertEquals(after, database.read(h -> NodeStore.byName(h, "worker-2")).orElseThrow());
    List<String> actions =
        database.read(h -> AuditLog.newest(h, 20)).stream().map(AuditEntry::action).toList();
    assertTrue(
        actions.containsAll(List.of("node.cordon", "node.uncordon", "node.label", "node.join")),
        actions.toString());
  }

  @Test
  void taintsAreSetAndTakenAway() {
    Nodes nodes = cluster.nodes;
    Map<String, String> two = Map.of("dedicated", "db:no-place", "spot", ":prefer-not");
    assertEquals(two, nodes.patch(PaperCluster.OWNER, "worker-2", null, null, two).taints());
    Node after = nodes.patch(PaperCluster.OWNER, "worker-2", null, null, Map.of("spot", ""));
    assertEquals(Map.of("dedicated", "db:no-place"), after.taints());
    assertEquals(after, database.read(h -> NodeStore.byName(h, "worker-2")).orElseThrow());
    for (String bad :
        List.of("db", "db:often", "a b:no-place", ":", "x".repeat(300) + ":no-place")) {
      Map<String, String> change = Map.of("dedicated", bad);
      assertEquals(
          "invalid-taint",
          refused(() -> nodes.patch(PaperCluster.OWNER, "worker-2", null, null, change)),
          bad);
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    Nodes nodes = cluster.nodes;
    assertEquals(
        "no-such-node",
        refused(() -> nodes.patch(PaperCluster.OWNER, "x;rm", "active", null, null)));
    assertEquals(
        "invalid-availability",
        refused(() -> nodes.patch(PaperCluster.OWNER, "worker-2", "drained", null, null)));
    assertEquals(
        "invalid-label",
        refused(() -> nodes.patch(PaperCluster.OWNER, "worker-2", null, Map.of("a b", "c"), null)));
  }

  @Test
  void removesANodeOnlyWhenNothingIsPlacedThere() {
    database.change(h -> {
      h.execute("INSERT INTO projects (id, name, created_at) VALUES ('p', 'web', 1)");
      h.execute(
          """
          INSERT INTO environments (id, project_id, name, app, desired, replicas,
            restart_generation, next_number, created_at, version)
          VALUES ('e', 'p', 'production', 'web', 'running', 1, 0, 2, 1, 1)
          """);
      h.execute(
          """
          INSERT INTO deployments (id, environment_id, number, image, settings, env_sealed, state,
            created_by, created_at, version)
          VALUES ('d', 'e', 1, 'i', '{}', '', 'serving', 'o', 1, 1)
          """);
      h.execute(
          """
          INSERT INTO deployment_containers (id, deployment_id, node_id, ordinal, address, desired,
            restart_generation, cpu_millis, memory_bytes, placed_because, created_at,
            observed_state, observed_health, observed_restarts, observed_generation,
            observed_started_at, observed_at)
          VALUES ('c', 'd', ?, 1, '10.208.17.10', 'running', 0, 0, 0, '', 1, 'running',
            'healthy', 0, 0, 0, 0)
          """,
          node.id());
    });
    assertEquals("node-in-use", refused(() -> cluster.remove("worker-2")));
    database.change(h -> h.execute("UPDATE deployment_containers SET removed_at = 5"));
    cluster.remove("worker-2");
    assertTrue(cluster.nodes.list().isEmpty());
    Node row = database.read(h -> NodeStore.byId(h, node.id())).orElseThrow();
    assertEquals(cluster.time.millis(), row.removedAt());
  }
}
