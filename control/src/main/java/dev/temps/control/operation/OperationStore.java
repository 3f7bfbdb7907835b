package dev.temps.control.operation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** SQL of the table {@code operations}, inside the caller's transaction. Stateless. */
public final class OperationStore {
  private OperationStore() {}

  /** Adds one; fails when one of that kind runs for that subject. */
  public static void insert(Handle handle, Operation operation) {
    handle
        .createUpdate(
            """
            INSERT INTO operations (id, kind, subject, subject_name, state, step, done, total,
              deadline_at, created_by, created_at, updated_at)
            VALUES (:id, :kind, :subject, :name, :state, :step, :done, :total,
              :deadline, :by, :created, :created)
            """)
        .bind("id", operation.id())
        .bind("kind", operation.kind())
        .bind("subject", operation.subject())
        .bind("name", operation.subjectName())
        .bind("state", operation.state())
        .bind("step", operation.step())
        .bind("done", operation.done())
        .bind("total", operation.total())
        .bind("deadline", operation.deadlineAt())
        .bind("by", operation.createdBy())
        .bind("created", operation.createdAt())
        .execute();
  }

  /** One by id. */
  public static Optional<Operation> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM operations WHERE id = :id")
        .bind("id", id)
        .mapTo(Operation.class)
        .findOne();
  }

  /** The one of that kind that runs for a subject. */
  public static Optional<Operation> running(Handle handle, String kind, String subject) {
    return handle
        .createQuery(
            """
            SELECT * FROM operations
            WHERE kind = :kind AND subject = :subject AND finished_at IS NULL
            """)
        .bind("kind", kind)
        .bind("subject", subject)
        .mapTo(Operation.class)
        .findOne();
  }

  /** All of a kind that run, oldest first. */
  public static List<Operation> running(Handle handle, String kind) {
    return handle
        .createQuery(
            """
            SELECT * FROM operations WHERE kind = :kind AND finished_at IS NULL
            ORDER BY created_at, id
            """)
        .bind("kind", kind)
        .mapTo(Operation.class)
        .list();
  }

  /** Those of a kind that run and are asked to end, oldest first. */
  public static List<Operation> askedToCancel(Handle handle, String kind) {
    return handle
        .createQuery(
            """
            SELECT * FROM operations
            WHERE kind = :kind AND finished_at IS NULL AND cancel_asked_by IS NOT NULL
            ORDER BY created_at, id
            """)
        .bind("kind", kind)
        .mapTo(Operation.class)
        .list();
  }

  /** All that run, oldest first. */
  public static List<Operation> running(Handle handle) {
    return handle
        .createQuery("SELECT * FROM operations WHERE finished_at IS NULL ORDER BY created_at, id")
        .mapTo(Operation.class)
        .list();
  }

  /** Those a query asks for. */
  public static List<Operation> list(Handle handle, OperationQuery query) {
    String kind = query.kind();
    String subject = query.subject();
    Set<String> apps = query.apps();
    if (apps != null && apps.isEmpty()) {
      return List.of();
    }
    String where =
        (kind == null ? "" : " AND kind = :kind")
            + (subject == null ? "" : " AND (subject = :subject OR subject_name = :subject)")
            + (query.unfinished() ? " AND finished_at IS NULL" : "")
            + (apps == null ? "" : " AND kind IN (<kinds>) AND subject_name IN (<apps>)");
    String all = "SELECT * FROM operations WHERE 1 = 1" + where;
    Query selected =
        handle
            .createQuery(all + " ORDER BY created_at DESC, id DESC LIMIT :limit")
            .bind("limit", query.limit());
    if (kind != null) {
      selected.bind("kind", kind);
    }
    if (subject != null) {
      selected.bind("subject", subject);
    }
    if (apps != null) {
      selected.bindList("kinds", List.copyOf(Kinds.OF_APPS));
      selected.bindList("apps", List.copyOf(apps));
    }
    return selected.mapTo(Operation.class).list();
  }

  /** Writes what was derived of one that runs; nothing when that is what stands there. */
  public static void write(Handle handle, Operation was, Progress now, long nowMillis) {
    switch (now) {
      case Progress.GoOn on -> progress(handle, was, on.step(), on.done(), on.total(), nowMillis);
      case Progress.End end -> {
        if (end.state() == OperationState.succeeded) {
          progress(handle, was, was.step(), was.total(), was.total(), nowMillis);
        }
        finish(handle, was, end.state(), end.reason(), nowMillis);
      }
    }
  }

  /** Whether that is what stands there, so that {@link #write} would do nothing. */
  public static boolean says(Operation was, Progress now) {
    return now instanceof Progress.GoOn on && says(was, on.step(), on.done(), on.total());
  }

  private static boolean says(Operation was, String step, int done, int total) {
    return was.step().equals(step) && was.done() == done && was.total() == total;
  }

  /** Writes how far it is; nothing when that is what stands there. */
  public static void progress(
      Handle handle, Operation was, String step, int done, int total, long nowMillis) {
    if (says(was, step, done, total)) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE operations SET step = :step, done = :done, total = :total, updated_at = :now
            WHERE id = :id AND finished_at IS NULL
            """)
        .bind("step", step)
        .bind("done", done)
        .bind("total", total)
        .bind("now", nowMillis)
        .bind("id", was.id())
        .execute();
  }

  /** Ends it; nothing when it has ended. */
  public static void finish(
      Handle handle, Operation was, OperationState state, String reason, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE operations SET state = :state, reason = :reason, step = :step,
              updated_at = :now, finished_at = :now
            WHERE id = :id AND finished_at IS NULL
            """)
        .bind("state", state)
        .bind("reason", reason)
        .bind("step", state.name())
        .bind("now", nowMillis)
        .bind("id", was.id())
        .execute();
  }

  /** Asks it to end; whoever does the work sees it at the next step. */
  public static void askToCancel(Handle handle, Operation was, String by, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE operations SET cancel_asked_by = :by, updated_at = :now
            WHERE id = :id AND finished_at IS NULL AND cancel_asked_by IS NULL
            """)
        .bind("by", by)
        .bind("now", nowMillis)
        .bind("id", was.id())
        .execute();
  }
}
