package dev.temps.control;

import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.ReplicaStore;
import dev.temps.control.event.EventStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Drops rows of the history that are no longer kept, in transactions so small that nobody waits for
 * them.
 */
final class Housekeeping {
  /** How often {@link #step} should run. */
  static final Duration EVERY = Duration.ofMinutes(5);

  private static final int ROWS = 500;
  private static final int TRANSACTIONS_MAX = 200;
  private static final Duration BREATH = Duration.ofMillis(20);

  private final Database database;
  private final Time time;

  Housekeeping(Database database, Time time) {
    this.database = database;
    this.time = time;
  }

  /** Drops what there is to drop, up to a bound; the rest waits for the next step. */
  void step() throws InterruptedException {
    drop(handle -> EventStore.dropOld(handle, time.millis(), ROWS));
    drop(handle -> ReplicaStore.dropOld(handle, time.millis(), ROWS));
    drop(handle -> AuditLog.dropOld(handle, time.millis(), ROWS));
  }

  private void drop(ToIntFunction<Handle> some) throws InterruptedException {
    for (int i = 0; i < TRANSACTIONS_MAX; i++) {
      if (database.write(some::applyAsInt) < ROWS) {
        return;
      }
      time.pause(BREATH);
    }
  }
}
