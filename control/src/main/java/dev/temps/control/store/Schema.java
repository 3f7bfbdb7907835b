package dev.temps.control.store;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/**
 * Keeps the schema at {@link #VERSION}. Flyway costs half a second, so its history is read first
 * and it only runs when there is something to do.
 */
final class Schema {
  /** Version of the newest file under {@code db/}. */
  static final int VERSION = 17;

  private Schema() {}

  /**
   * Brings the store to {@link #VERSION}.
   *
   * @param before runs first when that changes a store that is in use
   */
  static void migrate(Engine engine, Database.BeforeMigration before) {
    int found = version(engine);
    if (found > VERSION) {
      throw Problem.conflict(
              "store-too-new",
              "The store was written by a newer version of Temps.",
              "It has schema " + found + ", this program knows " + VERSION + ".",
              "Start the newer version, or restore a backup made by this one.")
          .raise();
    }
    if (found < VERSION) {
      if (found > 0) {
        before.run(engine::copyTo);
      }
      Flyway.configure()
          .loggers("slf4j")
          .dataSource(engine.forMigration())
          .locations("classpath:db/common", "classpath:db/" + engine.kind())
          .failOnMissingLocations(false)
          .load()
          .migrate();
    }
  }

  private static int version(Engine engine) {
    try (Connection connection = engine.forMigration().getConnection();
        Statement statement = connection.createStatement()) {
      if (!hasHistory(connection)) {
        return 0;
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT version FROM flyway_schema_history WHERE success")) {
        int highest = 0;
        while (rows.next()) {
          String version = rows.getString(1);
          highest = Math.max(highest, version == null ? 0 : Integer.parseInt(version));
        }
        return highest;
      }
    } catch (SQLException e) {
      throw Faults.unavailable(e, String.valueOf(e.getMessage()));
    } catch (NumberFormatException e) {
      throw new ProblemException(
          Problem.conflict(
              "store-foreign",
              "The database holds another program's schema.",
              "flyway_schema_history has versions that are not ours.",
              "Give Temps a database of its own."),
          e);
    }
  }

  private static boolean hasHistory(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "flyway_schema_history", null)) {
      return tables.next();
    }
  }
}
