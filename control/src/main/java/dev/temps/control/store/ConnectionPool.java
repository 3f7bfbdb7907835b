package dev.temps.control.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/** At most so many connections, made when first needed and kept open. Thread-safe. */
final class ConnectionPool implements ConnectionFactory, AutoCloseable {
  private static final long WAIT_SECONDS_MAX = 20;

  /** Opens one connection. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  private final Semaphore permits;
  private final Opener opener;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  ConnectionPool(int most, Opener opener) {
    this.permits = new Semaphore(most, true);
    this.opener = opener;
  }

  @Override
  public Connection openConnection() throws SQLException {
    try {
      if (!permits.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new SQLTransientConnectionException(
            "no connection to the store became free within " + WAIT_SECONDS_MAX + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the store", e);
    }
    try {
      Connection kept = take();
      return kept != null ? kept : opener.open();
    } catch (SQLException | RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  private synchronized @Nullable Connection take() throws SQLException {
    if (closed) {
      throw new SQLException("the store is closed");
    }
    return idle.pollFirst();
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    try {
      if (!keep(connection)) {
        connection.close();
      }
    } finally {
      permits.release();
    }
  }

  private synchronized boolean keep(Connection connection) throws SQLException {
    if (closed || connection.isClosed() || !connection.getAutoCommit()) {
      return false; // A transaction that could not even be rolled back: never use it again.
    }
    idle.addFirst(connection);
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Connection connection : idle) {
      try {
        connection.close();
      } catch (SQLException e) {
        System.getLogger(ConnectionPool.class.getName())
            .log(System.Logger.Level.WARNING, "a connection to the store did not close: " + e);
      }
    }
    idle.clear();
  }
}
