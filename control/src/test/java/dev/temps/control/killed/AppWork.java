package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.control.deployment.TestCluster;
import dev.temps.control.operation.Kinds;

/** Long work that leaves an app its release. */
enum AppWork implements LongWork {
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
  }
}
