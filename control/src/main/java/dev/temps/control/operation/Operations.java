package dev.temps.control.operation;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What people do with operations. Thread-safe. */
public final class Operations {
  private final Database database;
  private final AuditLog audit;
  private final Time time;
  private final Runnable changed;

  /** Operations of a store; {@code changed} runs after one was asked to end. */
  public Operations(Database database, AuditLog audit, Time time, Runnable changed) {
    this.database = database;
    this.audit = audit;
    this.time = time;
    this.changed = changed;
  }

  /** Those a query asks for, the youngest first. */
  public List<Operation> list(OperationQuery query) {
    return database.read(h -> OperationStore.list(h, query));
  }

  /**
   * One by id.
   *
   * @throws dev.temps.kit.ProblemException 404 when there is none
   */
  public Operation get(String id) {
    return database.read(h -> get(h, id));
  }

  private static Operation get(Handle handle, String id) {
    return OperationStore.find(handle, id).orElseThrow(() -> unknown(id).raise());
  }

  /** There is none with that id. */
  public static Problem unknown(String id) {
    return Problem.of(
        "no-such-operation",
        404,
        "There is no such operation.",
        "operation " + Text.quoted(id),
        "List them with: temps operation list");
  }

  /**
   * Asks an operation to end; what is done stays done. Again changes nothing.
   *
   * @throws dev.temps.kit.ProblemException 404, or 409 when it has ended or can't be cancelled
   */
  public Operation cancel(String id, Actor actor) {
    Operation after =
        database.write(handle -> {
          Operation was = get(handle, id);
          if (was.state().finished()) {
            throw Problem.conflict(
                    "operation-finished",
                    "The operation has ended already.",
                    was.kind() + " of " + was.subjectName() + " " + was.state() + ".",
                    "")
                .raise();
          }
          Kinds.insteadOfCancel(was)
              .ifPresent(instead -> {
                throw Problem.conflict(
                        "operation-not-cancellable",
                        "This kind of operation can't be cancelled.",
                        "It is the " + was.kind() + " of " + was.subjectName() + ".",
                        instead)
                    .raise();
              });
          OperationStore.askToCancel(handle, was, actor.name(), time.millis());
          audit.done(handle, actor, "operation.cancel", was.kind() + " of " + was.subjectName());
          return get(handle, id);
        });
    changed.run();
    return after;
  }
}
