package dev.temps.control.event;

import dev.temps.kit.Ids;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Adds and lists events inside the caller's transaction. The ten thousand youngest are kept.
 * Thread-safe.
 */
public final class EventStore {
  private static final int REASON_MAX = 2_000;
  private static final int KEPT = 10_000;
  private static final int PRUNE_EVERY = 500;

  private final Ids ids;
  private final java.util.concurrent.atomic.AtomicInteger added =
      new java.util.concurrent.atomic.AtomicInteger();

  /** Events whose ids come from {@code ids}. */
  public EventStore(Ids ids) {
    this.ids = ids;
  }

  /** Adds an event; a reason is cut at 2000 characters. */
  public void add(
      Handle handle,
      long atMillis,
      String kind,
      String subject,
      @Nullable String nodeId,
      String reason) {
    handle
        .createUpdate(
            """
            INSERT INTO events (id, at, kind, subject, node_id, reason)
            VALUES (:id, :at, :kind, :subject, :node, :reason)
            """)
        .bind("id", ids.next("ev"))
        .bind("at", atMillis)
        .bind("kind", kind)
        .bind("subject", subject)
        .bind("node", nodeId)
        .bind("reason", reason.length() > REASON_MAX ? reason.substring(0, REASON_MAX) : reason)
        .execute();
    if (added.incrementAndGet() % PRUNE_EVERY == 0) {
      prune(handle);
    }
  }

  private static void prune(Handle handle) {
    handle
        .createUpdate(
            """
            DELETE FROM events WHERE at <
              (SELECT at FROM events ORDER BY at DESC LIMIT 1 OFFSET :kept)
            """)
        .bind("kept", KEPT)
        .execute();
  }

  /**
   * The youngest events first.
   *
   * @param subject only about this, null for all
   * @param nodeId only on this node, null for all
   */
  public static List<Event> list(
      Handle handle, @Nullable String subject, @Nullable String nodeId, int limit) {
    String where =
        (subject == null ? "" : " AND subject = :subject")
            + (nodeId == null ? "" : " AND node_id = :node");
    var query =
        handle
            .createQuery(
                "SELECT id, at, kind, subject, node_id, reason FROM events WHERE 1 = 1"
                    + where
                    + " ORDER BY at DESC, id DESC LIMIT :limit")
            .bind("limit", limit);
    if (subject != null) {
      query.bind("subject", subject);
    }
    if (nodeId != null) {
      query.bind("node", nodeId);
    }
    return query.mapTo(Event.class).list();
  }
}
