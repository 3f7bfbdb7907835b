package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes are read as the transaction sees them, though most come from memory. */
class LivingNodesTest extends StoreTest {
  @Test
  void aTransactionSeesItsOwnChangesAndOthersDoNot() {
    PaperCluster cluster = new PaperCluster(database);
    Node one = cluster.join(new PaperMachine(1));
    Node two = cluster.join(new PaperMachine(2));
    assertEquals(database.read(NodeStore::living), database.read(h -> cluster.monitor.living(h)));
    assertSame(cluster.fresh(one), database.read(h -> cluster.monitor.living(h)).getFirst());
    database.rehearse(handle -> {
      cluster.nodes.want(handle, one.id(), Availability.cordoned);
      cluster.nodes.remove(handle, PaperCluster.OWNER, two);
      List<Node> seen = cluster.monitor.living(handle);
      assertEquals(NodeStore.living(handle), seen);
      assertEquals(Availability.cordoned, seen.getFirst().availability());
      assertEquals(1, seen.size());
      return true;
    });
    assertEquals(database.read(NodeStore::living), database.read(h -> cluster.monitor.living(h)));
    // Committed, but this process has not read it back yet.
    database.change(handle -> cluster.nodes.want(handle, one.id(), Availability.cordoned));
    assertEquals(database.read(NodeStore::living), database.read(h -> cluster.monitor.living(h)));
    cluster.remove(two.name());
    assertEquals(database.read(NodeStore::living), database.read(h -> cluster.monitor.living(h)));
  }

  @Test
  void theBriefStatusIsTheWholeOneWithoutWorkloads() {
    PaperCluster cluster = new PaperCluster(database);
    PaperMachine machine = new PaperMachine(1);
    Node node = cluster.join(machine);
    cluster.ready(node, machine);
    NodeStatus whole = cluster.monitor.status(cluster.fresh(node));
    assertEquals(whole, cluster.monitor.brief(cluster.fresh(node)));
  }
}
