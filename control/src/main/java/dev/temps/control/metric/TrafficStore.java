package dev.temps.control.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Reads and writes the table {@code app_traffic} inside the caller's transaction. Stateless. */
public final class TrafficStore {
  private static final History HISTORY = new History("app_traffic");

  private TrafficStore() {}

  /** Adds rows; those that are there already stay as they are. */
  static void insert(Handle handle, List<TrafficRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO app_traffic (resolution, at, environment_id, node_id, answers,
              received_bytes, sent_bytes, retries, connections, millis, durations)
            VALUES (:resolution, :at, :environmentId, :nodeId, :answers,
              :receivedBytes, :sentBytes, :retries, :connections, :millis, :durations)
            ON CONFLICT DO NOTHING
            """);
    rows.forEach(row ->
        batch
            .bind("resolution", row.resolution())
            .bind("at", row.at())
            .bind("environmentId", row.environmentId())
            .bind("nodeId", row.nodeId())
            .bind("answers", row.answers())
            .bind("receivedBytes", row.receivedBytes())
            .bind("sentBytes", row.sentBytes())
            .bind("retries", row.retries())
            .bind("connections", row.connections())
            .bind("millis", row.millis())
            .bind("durations", row.durations())
            .add());
    batch.execute();
  }

  /** Makes the coarse rows that are due and drops what is not kept any longer. */
  static void tidy(Handle handle, long now) {
    rollUp(handle, Resolution.fine, Resolution.minute, now);
    rollUp(handle, Resolution.minute, Resolution.quarter, now);
    for (Resolution one : Resolution.values()) {
      HISTORY.dropOld(handle, one, now);
    }
  }

  private static void rollUp(Handle handle, Resolution from, Resolution to, long upTo) {
    HISTORY.rollUp(
        handle,
        from,
        to,
        upTo,
        (start, end) -> insert(handle, coarser(between(handle, from, start, end), to, start)));
  }

  private record Key(String environmentId, String nodeId) {}

  /** One row for each app and node: the sums of the interval's rows. */
  private static List<TrafficRow> coarser(List<TrafficRow> fine, Resolution to, long start) {
    Map<Key, Tally> sums = new LinkedHashMap<>();
    for (TrafficRow row : fine) {
      sums.computeIfAbsent(new Key(row.environmentId(), row.nodeId()), _ -> new Tally())
          .addLater(row.tally());
    }
    List<TrafficRow> rows = new ArrayList<>();
    sums.forEach((key, sum) -> rows.add(sum.row(to, start, key.environmentId(), key.nodeId())));
    return rows;
  }

  private static List<TrafficRow> between(Handle handle, Resolution of, long start, long end) {
    return handle
        .createQuery(
            """
            SELECT * FROM app_traffic
            WHERE resolution = :resolution AND at >= :start AND at < :end
            ORDER BY at, environment_id, node_id
            """)
        .bind("resolution", of.step().toSeconds())
        .bind("start", start)
        .bind("end", end)
        .mapTo(TrafficRow.class)
        .list();
  }

  /**
   * An app's rows of all nodes, oldest first; intervals without requests are missing. Reads exact
   * keys, so keep the number of intervals within a few thousand.
   *
   * @param from first time wanted
   * @param to up to it, and not it
   */
  public static List<TrafficRow> history(
      Handle handle, String environmentId, Resolution of, long from, long to) {
    List<Long> times =
        LongStream.iterate(of.floor(from), at -> at < to, at -> at + of.step().toMillis())
            .boxed()
            .toList();
    return times.isEmpty()
        ? List.of()
        : handle
            .createQuery(
                """
                SELECT * FROM app_traffic
                WHERE resolution = :resolution AND at IN (<times>) AND environment_id = :app
                ORDER BY at, node_id
                """)
            .bind("resolution", of.step().toSeconds())
            .bind("app", environmentId)
            .bindList("times", times)
            .mapTo(TrafficRow.class)
            .list();
  }
}
