package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.temps.control.deployment.TestCluster;
import dev.temps.control.mesh.KeyRotations;
import dev.temps.control.node.Node;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import java.util.List;

/** Long work that gives nodes other WireGuard keys. */
enum MeshWork implements LongWork {
  /** All nodes get one, one after the other. */
  MESH_ROTATE {
    @Override
    public void begin(World world) {
      world.rotations().rotate(null, TestCluster.ANNA);
    }

    @Override
    public boolean begun(World world) {
      return world.find(KeyRotations.KIND) != null;
    }

    @Override
    public void check(World world) {
      List<Operation> all = world.all(KeyRotations.KIND);
      assertEquals(3, all.size(), "one for each node");
      all.forEach(o -> assertEquals(OperationState.succeeded, o.state(), o.step()));
      for (Node node : world.nodes().list()) {
        assertNotEquals(node.id(), node.wireguardKey(), "the key it had before");
        settled(world, node);
      }
    }
  },

  /** One node's is cancelled when the others may know the next key already. */
  CANCELLED_MESH_ROTATE {
    @Override
    public void begin(World world) {
      world.rotations().rotate("b", TestCluster.ANNA);
      while (world.rotations().now().nextKey("n-b", "n-b") == null) {
        world.round();
      }
      world.cancel(KeyRotations.KIND);
    }

    @Override
    public boolean begun(World world) {
      Operation found = world.find(KeyRotations.KIND);
      return found != null && found.cancelAskedBy() != null;
    }

    @Override
    public OperationState ends() {
      return OperationState.cancelled;
    }

    @Override
    public void check(World world) {
      for (Node node : world.nodes().list()) {
        assertEquals(node.id(), node.wireguardKey(), "the key it had before");
        settled(world, node);
      }
    }
  };

  @Override
  public String operation() {
    return KeyRotations.KIND;
  }

  /** The machine uses the key the store has, and nobody is told of another. */
  private static void settled(World world, Node node) {
    assertEquals(node.wireguardKey(), world.mesh().key(node));
    assertNull(world.rotations().now().order(node.id()));
    assertNull(world.rotations().now().nextKey(node.id(), node.wireguardKey()));
  }
}
