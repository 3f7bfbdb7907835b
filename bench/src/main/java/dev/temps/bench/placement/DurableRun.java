package dev.temps.bench.placement;

import dev.temps.bench.placement.Mix.Item;
import dev.temps.control.scheduler.Board;
import dev.temps.control.scheduler.Cluster;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.Spread;
import dev.temps.control.scheduler.Strategy;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Places a mix and writes a row for each placement, one transaction for each batch, as durably as
 * the store: WAL, every commit on disk, foreign keys checked. The rows, their parents and indexes
 * are like those of {@code deployment_containers}; what a deployment does besides (addresses,
 * events) is not in it.
 */
final class DurableRun {
  private static final double NANOS = 1e9;
  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE nodes (id TEXT PRIMARY KEY)",
          "CREATE TABLE deployments (id TEXT PRIMARY KEY)",
          """
          CREATE TABLE deployment_containers (
            id TEXT PRIMARY KEY, deployment_id TEXT NOT NULL REFERENCES deployments (id),
            node_id TEXT NOT NULL REFERENCES nodes (id), ordinal INTEGER NOT NULL,
            address TEXT NOT NULL, desired TEXT NOT NULL, restart_generation BIGINT NOT NULL,
            cpu_millis BIGINT NOT NULL, memory_bytes BIGINT NOT NULL, placed_because TEXT NOT NULL,
            created_at BIGINT NOT NULL, retired_at BIGINT, removed_at BIGINT,
            observed_state TEXT NOT NULL, observed_health TEXT NOT NULL, observed_reason TEXT,
            observed_restarts INTEGER NOT NULL, observed_exit_code INTEGER,
            observed_generation BIGINT NOT NULL, observed_started_at BIGINT NOT NULL,
            observed_at BIGINT NOT NULL)\
          """,
          """
          CREATE INDEX containers_node ON deployment_containers (node_id)
            WHERE removed_at IS NULL\
          """,
          "CREATE INDEX containers_of ON deployment_containers (deployment_id)");
  private static final String INSERT =
      """
      INSERT INTO deployment_containers (id, deployment_id, node_id, ordinal, address, desired,
        restart_generation, cpu_millis, memory_bytes, placed_because, created_at, observed_state,
        observed_health, observed_restarts, observed_generation, observed_started_at, observed_at)
      VALUES (?, ?, ?, ?, ?, 'running', 0, ?, ?, ?, 1, 'pending', 'unknown', 0, 0, 0, 1)\
      """;

  private DurableRun() {}

  /** Placements that are on disk for each second. */
  static double perSecond(Path file, List<NodeState> nodes, List<Item> items, int batch)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      prepare(connection, nodes, items);
      Board board = new Board(new Cluster(nodes, List.of()));
      Time time = Time.system();
      long from = time.elapsed().toNanos();
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (int i = 0; i < items.size(); i++) {
          place(board, insert, items.get(i), i);
          if ((i + 1) % batch == 0 || i + 1 == items.size()) {
            insert.executeBatch();
            connection.commit();
          }
        }
      }
      return items.size() / ((time.elapsed().toNanos() - from) / NANOS);
    }
  }

  private static void place(Board board, PreparedStatement insert, Item item, int number)
      throws SQLException {
    var seat = BoardRun.seat(board.place(item.spec(Strategy.SPREAD, Spread.USUAL), 1));
    insert.setString(1, "c-%012d".formatted(number));
    insert.setString(2, item.name());
    insert.setString(3, seat.nodeId());
    insert.setInt(4, number);
    insert.setString(5, "10.210.%d.%d".formatted(number / 250 % 250, number % 250));
    insert.setLong(6, item.cpuMillis());
    insert.setLong(7, item.memoryMib() << 20);
    insert.setString(8, seat.because());
    insert.addBatch();
  }

  private static void prepare(Connection connection, List<NodeState> nodes, List<Item> items)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String sql : SCHEMA) {
        statement.execute(sql);
      }
    }
    insertAll(connection, "nodes", nodes.stream().map(NodeState::id).toList());
    insertAll(connection, "deployments", items.stream().map(Item::name).distinct().toList());
    connection.commit();
  }

  private static void insertAll(Connection connection, String table, List<String> ids)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " (id) VALUES (?)")) {
      for (String id : ids) {
        insert.setString(1, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
