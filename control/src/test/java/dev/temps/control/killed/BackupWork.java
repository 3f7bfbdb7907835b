package dev.temps.control.killed;

import dev.temps.control.deployment.TestCluster;
import dev.temps.control.operation.Kinds;

/** Long work that keeps the cluster. */
enum BackupWork implements LongWork {
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
  }
}
