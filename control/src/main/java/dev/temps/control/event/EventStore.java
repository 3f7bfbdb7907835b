package dev.temps.control.event;

import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Adds, lists and drops events inside the caller's transaction. Kept are the hundred thousand
 * youngest that are not older than 90 days. Thread-safe.
 */
public final class EventStore {
  private static final int REASON_MAX = 2_000;
  private static final int KEPT = 100_000;
  private static final Duration KEPT_FOR = Duration.ofDays(90);

  private final Ids ids;

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
  }

  /**
   * Drops some of the oldest events that are no longer kept.
   *
   * @param most how many at most, so that one transaction stays short
   * @return how many; as many as {@code most} means that there may be more
   */
  public static int dropOld(Handle handle, long nowMillis, int most) {
    return dropOld(handle, nowMillis, KEPT, most);
  }

  static int dropOld(Handle handle, long nowMillis, int kept, int most) {
    long surplus =
        handle
            .createQuery("SELECT at FROM events ORDER BY at DESC LIMIT 1 OFFSET :kept")
            .bind("kept", kept)
            .mapTo(Long.class)
            .findOne()
            .map(at -> at + 1)
            .orElse(Long.MIN_VALUE);
    return handle
        .createUpdate(
            """
            DELETE FROM events WHERE id IN
              (SELECT id FROM events WHERE at < :cut ORDER BY at LIMIT :most)
            """)
        .bind("cut", Math.max(surplus, nowMillis - KEPT_FOR.toMillis()))
        .bind("most", most)
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
    return list(handle, new EventQuery(subject, nodeId, null, null, null, limit));
  }

  /**
   * The youngest events first.
   *
   * @throws dev.temps.kit.ProblemException 422 when the event a page should go on from is gone
   */
  public static List<Event> list(Handle handle, EventQuery wanted) {
    Set<String> apps = wanted.apps();
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    where.append(wanted.subject() == null ? "" : " AND subject = :subject");
    where.append(wanted.nodeId() == null ? "" : " AND node_id = :node");
    where.append(wanted.since() == null ? "" : " AND at >= :since");
    if (wanted.before() != null) {
      where.append(" AND (at < :at OR (at = :at AND id < :before))");
    }
    if (apps != null) {
      where.append(" AND (kind LIKE 'node.%'");
      where.append(apps.isEmpty() ? ")" : " OR subject IN (<apps>))");
    }
    var query =
        handle
            .createQuery("SELECT * FROM events" + where + " ORDER BY at DESC, id DESC LIMIT :limit")
            .bind("subject", wanted.subject())
            .bind("node", wanted.nodeId())
            .bind("since", wanted.since())
            .bind("before", wanted.before())
            .bind("limit", wanted.limit());
    if (wanted.before() != null) {
      query.bind("at", at(handle, wanted.before()));
    }
    if (apps != null && !apps.isEmpty()) {
      query.bindList("apps", List.copyOf(apps));
    }
    return query.mapTo(Event.class).list();
  }

  private static long at(Handle handle, String id) {
    return handle
        .createQuery("SELECT at FROM events WHERE id = :id")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne()
        .orElseThrow(() ->
            Problem.invalid(
                    "before",
                    "There is no event " + Text.quoted(id) + ".",
                    "Start from the newest.")
                .raise());
  }
}
