package dev.temps.control.audit;

import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Adds to and reads the audit log; rows are kept for 400 days. Thread-safe. */
public final class AuditLog {
  private static final int TEXT_MAX = 300;
  private static final Duration KEPT_FOR = Duration.ofDays(400);

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
    return list(handle, null, null, null, limit);
  }

  /**
   * The newest rows first; null arguments don't limit.
   *
   * @param actor only what this one did
   * @param since only at or after it, wall clock in milliseconds
   * @param before only rows older than the one with this id, for the next page
   * @throws dev.temps.kit.ProblemException 422 when the row a page should go on from is gone
   */
  public static List<AuditEntry> list(
      Handle handle,
      @Nullable String actor,
      @Nullable Long since,
      @Nullable String before,
      int limit) {
    String where =
        " WHERE 1 = 1"
            + (actor == null ? "" : " AND actor = :actor")
            + (since == null ? "" : " AND at >= :since")
            + (before == null ? "" : " AND (at < :at OR (at = :at AND id < :before))");
    var query =
        handle
            .createQuery(
                "SELECT * FROM audit_log" + where + " ORDER BY at DESC, id DESC LIMIT :limit")
            .bind("actor", actor)
            .bind("since", since)
            .bind("before", before)
            .bind("limit", limit);
    if (before != null) {
      query.bind("at", at(handle, before));
    }
    return query.mapTo(AuditEntry.class).list();
  }

  private static long at(Handle handle, String id) {
    return handle
        .createQuery("SELECT at FROM audit_log WHERE id = :id")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne()
        .orElseThrow(() ->
            Problem.invalid(
                    "before", "There is no row " + Text.quoted(id) + ".", "Start from the newest.")
                .raise());
  }

  /**
   * Drops some of the rows that are older than 400 days.
   *
   * @param most how many at most, so that one transaction stays short
   * @return how many; as many as {@code most} means that there may be more
   */
  public static int dropOld(Handle handle, long nowMillis, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM audit_log WHERE id IN
              (SELECT id FROM audit_log WHERE at < :cut ORDER BY at LIMIT :most)
            """)
        .bind("cut", nowMillis - KEPT_FOR.toMillis())
        .bind("most", most)
        .execute();
  }
}
