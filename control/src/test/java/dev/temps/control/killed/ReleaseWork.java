package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.RolloutRequest;
import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.DeploymentState;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.OperationState;
import java.util.List;

/** Long work that brings another release of an app. */
enum ReleaseWork implements LongWork {
  /** A release takes over. */
  ROLLOUT {
    @Override
    public void begin(World world) {
      world.deploy("web:2", 2, null);
    }

    @Override
    public boolean begun(World world) {
      return world.releases().size() > 1;
    }

    @Override
    public String operation() {
      return Kinds.ROLLOUT;
    }

    @Override
    public void check(World world) {
      assertEquals("web:2", world.serving().image());
    }
  },

  /** The same in batches of one. */
  BATCHES {
    @Override
    public void prepare(World world) {
      world.cluster().apps.scale("web", 3, TestCluster.ANNA);
      world.settle();
    }

    @Override
    public void begin(World world) {
      world.deploy("web:2", 3, new RolloutRequest(null, null, 1, 1, null));
    }

    @Override
    public boolean begun(World world) {
      return world.releases().size() > 1;
    }

    @Override
    public String operation() {
      return Kinds.ROLLOUT;
    }

    @Override
    public int least() {
      return 3;
    }

    @Override
    public int stride() {
      return 3; // Odd, so that it is killed before and after by turns.
    }

    @Override
    public int replicas() {
      return 3;
    }

    @Override
    public void check(World world) {
      assertEquals("web:2", world.serving().image());
    }
  },

  /** A release that keeps crashing gives up. */
  FAILING_RELEASE {
    @Override
    public void outside(TestCluster.Outside outside) {
      outside.behave("web@sha256:1", Behaviour.CRASHES);
    }

    @Override
    public void begin(World world) {
      world.deploy("web:2", 2, null);
    }

    @Override
    public boolean begun(World world) {
      return world.releases().size() > 1;
    }

    @Override
    public String operation() {
      return Kinds.ROLLOUT;
    }

    @Override
    public OperationState ends() {
      return OperationState.failed;
    }

    @Override
    public void check(World world) {
      assertEquals("web:latest", world.serving().image());
      assertEquals(DeploymentState.failed, world.releases().getFirst().state());
    }
  },

  /** A rollout is cancelled while its replicas start. */
  CANCELLED_ROLLOUT {
    @Override
    public void outside(TestCluster.Outside outside) {
      outside.behave("web@sha256:1", Behaviour.SLOW);
    }

    @Override
    public void prepare(World world) {
      world.deploy("web:2", 2, null);
    }

    @Override
    public void begin(World world) {
      world.cancel(Kinds.ROLLOUT);
    }

    @Override
    public boolean begun(World world) {
      return world.operation(Kinds.ROLLOUT).cancelAskedBy() != null;
    }

    @Override
    public String operation() {
      return Kinds.ROLLOUT;
    }

    @Override
    public OperationState ends() {
      return OperationState.cancelled;
    }

    @Override
    public void check(World world) {
      assertEquals("web:latest", world.serving().image());
      assertTrue(String.valueOf(world.releases().getFirst().reason()).contains("by anna"));
    }
  },

  /** An old release comes back. */
  ROLLBACK {
    @Override
    public void prepare(World world) {
      world.deploy("web:2", 2, null);
      world.settle();
    }

    @Override
    public void begin(World world) {
      world.cluster().rollbacks.rollBack("web", null, TestCluster.ANNA);
    }

    @Override
    public boolean begun(World world) {
      return world.releases().size() > 2;
    }

    @Override
    public String operation() {
      return Kinds.ROLLBACK;
    }

    @Override
    public void check(World world) {
      assertEquals("web:latest", world.serving().image());
      List<DeploymentState> states = world.releases().stream().map(Deployment::state).toList();
      assertTrue(states.contains(DeploymentState.rolled_back), states::toString);
    }
  }
}
