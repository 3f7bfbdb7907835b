package dev.temps.control.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what SQLite has compiled, for each connection as long as it lives: loops ask the same
 * questions every second, and compiling them took a fifth of the time. PostgreSQL's driver keeps
 * its own. Thread-safe; a connection is used by one thread at a time.
 */
final class PreparedStatements implements StatementBuilderFactory {
  private static final int KEPT_MAX = 200; // per connection; some kilobytes each

  private final IdentityHashMap<Connection, Kept> byConnection = new IdentityHashMap<>();

  @Override
  public synchronized StatementBuilder createStatementBuilder(Connection connection) {
    Kept known = byConnection.get(connection);
    if (known == null) {
      byConnection.keySet().removeIf(PreparedStatements::closed); // rare: connections are kept
      known = new Kept();
      byConnection.put(connection, known);
    }
    return known;
  }

  private static boolean closed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true; // what can't tell is not used again
    }
  }

  /** Those of one connection that nobody is using right now. */
  private static final class Kept extends DefaultStatementBuilder {
    private final LinkedHashMap<String, PreparedStatement> idle =
        new LinkedHashMap<>(16, 0.75f, true);

    private final Set<PreparedStatement> special =
        Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
        throws SQLException {
      PreparedStatement kept = plain(context) ? idle.remove(sql) : null;
      if (kept != null) {
        return kept;
      }
      PreparedStatement made = super.create(connection, sql, context);
      if (!plain(context)) {
        special.add(made);
      }
      return made;
    }

    private static boolean plain(StatementContext context) {
      return !context.isReturningGeneratedKeys() && !context.isConcurrentUpdatable();
    }

    @Override
    public void close(Connection connection, String sql, @Nullable Statement statement)
        throws SQLException {
      if (!(statement instanceof PreparedStatement prepared)
          || special.remove(prepared)
          || prepared.isClosed()) {
        super.close(connection, sql, statement);
        return;
      }
      boolean _ = prepared.getMoreResults(); // ends a result that was not read to its end
      prepared.clearParameters();
      prepared.clearBatch();
      PreparedStatement twin = idle.put(sql, prepared);
      if (twin != null) {
        twin.close(); // the same question was asked while its answer was still being read
      }
      if (idle.size() > KEPT_MAX) {
        idle.pollFirstEntry().getValue().close();
      }
    }
  }
}
