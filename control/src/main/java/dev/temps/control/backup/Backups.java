package dev.temps.control.backup;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.util.List;

/**
 * Snapshots that people ask for, each an operation. One that the end of the control plane cuts off
 * is not gone on with: whoever asked gets no file from it. Thread-safe.
 */
public final class Backups {
  private static final String SUBJECT = "control plane";

  private final Database database;
  private final Snapshots snapshots;
  private final EventStore events;
  private final AuditLog audit;
  private final Ids ids;
  private final Time time;

  /** Backups through {@code snapshots}. */
  public Backups(
      Database database,
      Snapshots snapshots,
      EventStore events,
      AuditLog audit,
      Ids ids,
      Time time) {
    this.database = database;
    this.snapshots = snapshots;
    this.events = events;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
  }

  /**
   * Takes a snapshot now.
   *
   * @throws ProblemException 507 when it can't be written; the one before is still there
   */
  public Snapshots.Taken create(Actor actor) {
    Operation operation = begin(actor);
    Snapshots.Taken taken;
    try {
      taken = snapshots.take();
    } catch (ProblemException e) {
      end(operation, OperationState.failed, e.problem().line());
      throw e;
    } catch (RuntimeException e) {
      end(operation, OperationState.failed, "unexpected: " + e.getMessage());
      throw e;
    }
    database.change(handle -> audit.done(handle, actor, "backup.create", taken.bytes() + " bytes"));
    end(operation, OperationState.succeeded, taken.bytes() + " bytes were written");
    return taken;
  }

  private Operation begin(Actor actor) {
    String id = ids.next("op"); // Its own subject: two people may ask at the same time.
    Operation.Begun begun = new Operation.Begun(actor.name(), time.millis(), null);
    Operation operation =
        Operation.begun(id, Kinds.BACKUP, id, SUBJECT, "writing the snapshot", 1, begun);
    database.change(handle -> OperationStore.insert(handle, operation));
    return operation;
  }

  private void end(Operation operation, OperationState state, String reason) {
    database.change(handle -> {
      long now = time.millis();
      int done = state == OperationState.succeeded ? 1 : 0;
      OperationStore.progress(handle, operation, "written", done, 1, now);
      OperationStore.finish(handle, operation, state, reason, now);
    });
  }

  /** Ends those that a control plane before this one began; to be called once, at the start. */
  public void endCutOff() {
    List<Operation> cutOff = database.read(h -> OperationStore.running(h, Kinds.BACKUP));
    for (Operation operation : cutOff) {
      String why = "the control plane ended while it was written; ask again: temps backup create";
      database.change(handle -> {
        OperationStore.finish(handle, operation, OperationState.failed, why, time.millis());
        events.add(handle, time.millis(), "operation.ended", SUBJECT, null, "backup: " + why);
      });
    }
  }
}
