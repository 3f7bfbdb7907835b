package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.temps.control.deployment.TestCluster;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.operation.Kinds;

/** Long work that takes a node out of use. */
enum NodeWork implements LongWork {
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
  }
}
