package dev.temps.control.metric;

import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Reads and writes the table {@code node_metrics} inside the caller's transaction. Stateless. */
public final class MetricStore {
  private static final History HISTORY = new History("node_metrics");

  private MetricStore() {}

  /** Adds rows; those that are there already stay as they are. */
  static void insert(Handle handle, List<MetricRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO node_metrics (resolution, at, node_id, cpu_millis, memory_bytes,
              disk_bytes, load_thousandths, containers, samples)
            VALUES (:resolution, :at, :nodeId, :cpuMillis, :memoryBytes, :diskBytes,
              :loadThousandths, :containers, :samples)
            ON CONFLICT DO NOTHING
            """);
    rows.forEach(row ->
        batch
            .bind("resolution", row.resolution())
            .bind("at", row.at())
            .bind("nodeId", row.nodeId())
            .bind("cpuMillis", row.cpuMillis())
            .bind("memoryBytes", row.memoryBytes())
            .bind("diskBytes", row.diskBytes())
            .bind("loadThousandths", row.loadThousandths())
            .bind("containers", row.containers())
            .bind("samples", row.samples())
            .add());
    batch.execute();
  }

  /** Makes the coarse rows that are due; see {@link History#rollUp}. */
  static void rollUp(Handle handle, Resolution from, Resolution to, long upTo) {
    HISTORY.rollUp(
        handle,
        from,
        to,
        upTo,
        (start, end) -> insert(handle, RollUp.of(between(handle, from, start, end), to)));
  }

  private static List<MetricRow> between(Handle handle, Resolution of, long start, long end) {
    return handle
        .createQuery(
            """
            SELECT * FROM node_metrics
            WHERE resolution = :resolution AND at >= :start AND at < :end
            """)
        .bind("resolution", of.step().toSeconds())
        .bind("start", start)
        .bind("end", end)
        .mapTo(MetricRow.class)
        .list();
  }

  /** Drops what is not kept any longer, ten intervals of all nodes at most. */
  static void dropOld(Handle handle, Resolution of, long now) {
    HISTORY.dropOld(handle, of, now);
  }

  /**
   * A node's rows, oldest first; intervals it was not heard in are missing. Reads exact keys, so
   * keep the number of intervals within a few thousand.
   *
   * @param from first time wanted
   * @param to up to it, and not it
   */
  public static List<MetricRow> history(
      Handle handle, String nodeId, Resolution of, long from, long to) {
    List<Long> times =
        LongStream.iterate(of.floor(from), at -> at < to, at -> at + of.step().toMillis())
            .boxed()
            .toList();
    return times.isEmpty()
        ? List.of()
        : handle
            .createQuery(
                """
                SELECT * FROM node_metrics
                WHERE resolution = :resolution AND node_id = :node AND at IN (<times>) ORDER BY at
                """)
            .bind("resolution", of.step().toSeconds())
            .bind("node", nodeId)
            .bindList("times", times)
            .mapTo(MetricRow.class)
            .list();
  }
}
