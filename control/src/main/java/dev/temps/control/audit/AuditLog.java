package dev.temps.control.audit;

import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Adds to and reads the audit log. Thread-safe. */
public final class AuditLog {
  private static final int TEXT_MAX = 300;

  private final Time time;
  private final Ids ids;

  /** A log whose rows are stamped and named by the arguments. */
  public AuditLog(Time time, Ids ids) {
    this.time = time;
    this.ids = ids;
  }

  /** Adds a row to the caller's transaction, so that change and row are there together. */
  public void done(Handle handle, Actor actor, String action, String subject) {
    add(handle, actor, action, subject, "done");
  }

  /** As above, with another outcome than {@code done}; texts are cut at 300 characters. */
  public void add(Handle handle, Actor actor, String action, String subject, String outcome) {
    handle
        .createUpdate(
            """
            INSERT INTO audit_log (id, at, actor, source, action, subject, outcome)
            VALUES (:id, :at, :actor, :source, :action, :subject, :outcome)
            """)
        .bind("id", ids.next("au"))
        .bind("at", time.millis())
        .bind("actor", cut(actor.name()))
        .bind("source", cut(actor.source()))
        .bind("action", action)
        .bind("subject", cut(subject))
        .bind("outcome", cut(outcome))
        .execute();
  }

  private static String cut(String text) {
    return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
  }

  /** The newest rows first. */
  public static List<AuditEntry> newest(Handle handle, int limit) {
    return handle
        .createQuery("SELECT * FROM audit_log ORDER BY at DESC, id DESC LIMIT :limit")
        .bind("limit", limit)
        .mapTo(AuditEntry.class)
        .list();
  }
}
