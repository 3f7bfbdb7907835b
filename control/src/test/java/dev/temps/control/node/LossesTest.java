package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.audit.AuditLog;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest extends StoreTest {
  private static Problem refused(Losses losses, String... names) {
    return assertThrows(ProblemException.class, () -> losses.declarable(List.of(names))).problem();
  }

  @Test
  void onlySilentMachinesCanBeLostAndItIsAudited() {
    SimulatedCluster cluster = new SimulatedCluster(database, 4, 1);
    Losses losses =
        new Losses(cluster.paper.nodes, cluster.paper.monitor, database, cluster.paper.audit);
    List<String> names = cluster.nodes.stream().map(n -> n.node.name()).toList();
    assertEquals(422, refused(losses).status());
    assertEquals(404, refused(losses, "nobody").status());
    assertEquals("node-alive", refused(losses, names.get(2)).type());
    List.of(0, 1, 2, 3).forEach(i -> cluster.node(i).agentRuns = false);
    cluster.run(20_000);
    assertTrue(refused(losses, names.getFirst()).detail().contains("control plane"));
    List<Node> lost = losses.declarable(List.of(names.get(2), names.get(3), names.get(2)));
    assertEquals(2, lost.size());
    losses.declare(PaperCluster.OWNER, lost);
    assertEquals(Liveness.down, cluster.liveness(2));
    assertEquals(Liveness.suspect, cluster.liveness(1));
    assertEquals(
        2,
        database.read(h -> AuditLog.newest(h, 10)).stream()
            .filter(e -> e.action().equals("node.declare-lost"))
            .count());
    reopen();
    assertEquals(2, database.read(LostNodes::all).size());
  }
}
