package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.control.deployment.TestCluster;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.OperationState;
import java.util.List;
import java.util.Set;

/** Long work that gives the cluster another CA. */
enum CaWork implements LongWork {
  /** The cluster gets another CA. */
  CA_ROTATION {
    @Override
    public void begin(World world) {
      world.ca().rotate(List.of(), TestCluster.ANNA);
    }

    @Override
    public boolean begun(World world) {
      return world.find(Kinds.CA_ROTATE) != null;
    }

    @Override
    public String operation() {
      return Kinds.CA_ROTATE;
    }

    @Override
    public void check(World world) {
      oneCa(world);
    }
  },

  /** That is cancelled when the new one signs already. */
  CANCELLED_CA_ROTATION {
    @Override
    public void prepare(World world) {
      world.ca().rotate(List.of(), TestCluster.ANNA);
      while (!world.operation(Kinds.CA_ROTATE).step().startsWith("issuing")) {
        world.round();
      }
    }

    @Override
    public void begin(World world) {
      world.cancel(Kinds.CA_ROTATE);
    }

    @Override
    public boolean begun(World world) {
      return world.operation(Kinds.CA_ROTATE).cancelAskedBy() != null;
    }

    @Override
    public String operation() {
      return Kinds.CA_ROTATE;
    }

    @Override
    public OperationState ends() {
      return OperationState.cancelled;
    }

    @Override
    public void check(World world) {
      oneCa(world);
    }
  };

  /** There is one CA, and all nodes show a certificate by it. */
  private static void oneCa(World world) {
    assertEquals(1, world.ca().authorities().size());
    assertEquals(Set.of(world.ca().authorities().getFirst().fingerprint()), world.signers());
  }
}
