package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.RolloutRequest;
import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.DeploymentState;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.OperationState;
import java.util.List;
import java.util.Set;

/** All kinds of long work. */
enum Kind implements LongWork {
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
  },

  /** An app gets one more replica. */
  SCALE {
    @Override
    public void begin(World world) {
      world.cluster().apps.scale("web", 3, TestCluster.ANNA);
    }

    @Override
    public boolean begun(World world) {
      return world.cluster().app("web").app().replicas() == 3;
    }

    @Override
    public String operation() {
      return Kinds.SCALE;
    }

    @Override
    public int replicas() {
      return 3;
    }
  },

  /** Replicas restart one after the other. */
  RESTART {
    @Override
    public void begin(World world) {
      world.cluster().apps.restart("web", TestCluster.ANNA);
    }

    @Override
    public boolean begun(World world) {
      return world.cluster().app("web").app().restartGeneration() == 1;
    }

    @Override
    public String operation() {
      return Kinds.RESTART;
    }

    @Override
    public int least() {
      return 1;
    }

    @Override
    public void check(World world) {
      world.cluster().living().forEach(r -> assertEquals(1, r.observed().generation()));
    }
  },

  /** A node is emptied. */
  DRAIN {
    @Override
    public void begin(World world) {
      world.drains().drain("a", null, TestCluster.ANNA);
    }

    @Override
    public boolean begun(World world) {
      return world.nodes().find("a").availability() != Availability.active;
    }

    @Override
    public String operation() {
      return "drain";
    }

    @Override
    public void check(World world) {
      assertEquals(Availability.drained, world.nodes().find("a").availability());
      assertFalse(world.cluster().where("web").contains("a"));
    }
  },

  /** A machine is gone, and its replica starts elsewhere. */
  DEAD_NODE {
    @Override
    public void begin(World world) {
      world.cluster().liveness("a", Liveness.down);
    }

    @Override
    public boolean begun(World world) {
      return true; // The machine is as dead for the next control plane.
    }

    @Override
    public String operation() {
      return "";
    }

    @Override
    public int least() {
      return 1;
    }

    @Override
    public void check(World world) {
      assertFalse(world.cluster().where("web").contains("a"));
    }
  },

  /** A dead machine is taken out of the cluster. */
  REMOVAL {
    @Override
    public void outside(TestCluster.Outside outside) {
      outside.liveness("a", Liveness.suspect);
    }

    @Override
    public void begin(World world) {
      world.removal().remove("a", true, TestCluster.ANNA);
    }

    @Override
    public boolean begun(World world) {
      return world.nodes().list().stream().noneMatch(n -> n.name().equals("a"));
    }

    @Override
    public String operation() {
      return Kinds.REMOVAL;
    }

    @Override
    public int least() {
      return 1;
    }

    @Override
    public void check(World world) {
      assertFalse(world.cluster().where("web").contains("a"));
    }
  },

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
  },

  /** Somebody asks for a snapshot. */
  BACKUP {
    @Override
    public void begin(World world) {
      world.backups().create(TestCluster.ANNA);
    }

    @Override
    public boolean begun(World world) {
      return world.find(Kinds.BACKUP) != null;
    }

    @Override
    public String operation() {
      return Kinds.BACKUP;
    }

    @Override
    public boolean mayEndByKill() {
      return true;
    }
  };

  /** There is one CA, and all nodes show a certificate by it. */
  private static void oneCa(World world) {
    assertEquals(1, world.ca().authorities().size());
    assertEquals(Set.of(world.ca().authorities().getFirst().fingerprint()), world.signers());
  }

  /** A release with a digest of its own. */
  static final String SECOND = TestCluster.DIGEST.replace('0', '1');
}
