package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.control.node.Node;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.upgrade.Upgrades;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Long work that brings another release of Temps; the control plane's machine is b. */
enum UpgradeWork implements LongWork {
  /** All machines get it. */
  UPGRADE {
    @Override
    public int stride() {
      return 3; // The machines do the same, and those below leave out no commit.
    }

    @Override
    public void check(World world) {
      assertEquals(List.of("b", "a", "c"), world.releasesOfNodes().told());
      run(world, World.NEW, World.NEW, World.NEW);
    }
  },

  /** One machine keeps its old release, and the one after it is left alone. */
  FAILING_UPGRADE {
    @Override
    public void begin(World world) {
      world.releasesOfNodes().broken("a");
      world.upgrade();
    }

    @Override
    public OperationState ends() {
      return OperationState.failed;
    }

    @Override
    public void check(World world) {
      assertEquals(
          "a went back: no report; upgraded: b; not upgraded: c",
          world.operation(Upgrades.KIND).reason());
      assertEquals(List.of("b", "a"), world.releasesOfNodes().told());
      run(world, World.OLD, World.NEW, World.OLD);
    }
  },

  /** It is cancelled while the first machine is at it: that one ends, no other begins. */
  CANCELLED_UPGRADE {
    @Override
    public void begin(World world) {
      if (world.find(Upgrades.KIND) == null) {
        world.upgrade();
      }
      while (world.releasesOfNodes().told().isEmpty()) {
        world.round();
      }
      world.cancel(Upgrades.KIND);
    }

    @Override
    public boolean begun(World world) {
      Operation found = world.find(Upgrades.KIND);
      return found != null && found.cancelAskedBy() != null;
    }

    @Override
    public OperationState ends() {
      return OperationState.cancelled;
    }

    @Override
    public void check(World world) {
      assertEquals(List.of("b"), world.releasesOfNodes().told());
      run(world, World.OLD, World.NEW, World.OLD);
    }
  };

  @Override
  public void prepare(World world) {
    world.beforeUpgrade();
  }

  @Override
  public void begin(World world) {
    world.upgrade();
  }

  @Override
  public boolean begun(World world) {
    return world.find(Upgrades.KIND) != null;
  }

  @Override
  public String operation() {
    return Upgrades.KIND;
  }

  /** What a, b and c run, told by the store and by the machines, and that it was told once. */
  private static void run(World world, String a, String b, String c) {
    Map<String, String> stored = new TreeMap<>();
    world.nodes().list().forEach((Node n) -> stored.put(n.name(), n.agentVersion()));
    assertEquals(Map.of("a", a, "b", b, "c", c), stored);
    stored.values().removeIf(World.OLD::equals);
    assertEquals(stored, world.releasesOfNodes().runs());
    String ended = "cluster.upgrade-" + world.operation(Upgrades.KIND).state();
    assertEquals(1, world.cluster().told(ended).size(), ended);
    assertEquals(stored.size(), world.cluster().told("node.upgraded").size(), "node.upgraded");
  }
}
