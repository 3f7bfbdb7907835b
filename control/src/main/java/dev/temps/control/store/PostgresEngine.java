package dev.temps.control.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.temps.kit.Secret;
import java.nio.file.Path;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * PostgreSQL: writes are serializable, so that a check and the change after it hold together as
 * they do with SQLite's one writer; what collides is tried again.
 */
final class PostgresEngine implements Engine {
  private static final int CONNECTIONS_MAX = 8;
  private static final long CONNECT_MILLIS_MAX = 10_000;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private PostgresEngine(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Mapping.on(Jdbi.create(pool));
  }

  static PostgresEngine open(Secret url) {
    PostgresUrl parts = PostgresUrl.parse(url);
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(parts.jdbc());
    if (!parts.user().isEmpty()) {
      config.setUsername(parts.user());
      config.setPassword(parts.password().reveal());
    }
    config.setMaximumPoolSize(CONNECTIONS_MAX);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS_MAX);
    config.addDataSourceProperty("ApplicationName", "temps");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    try {
      return new PostgresEngine(new HikariDataSource(config));
    } catch (PoolInitializationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw Faults.unavailable(e, String.valueOf(cause.getMessage()));
    }
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return jdbi.withHandle(handle -> {
      handle.setReadOnly(true);
      try {
        return handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply);
      } finally {
        handle.setReadOnly(false);
      }
    });
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work::apply);
  }

  @Override
  public DataSource forMigration() {
    return pool;
  }

  @Override
  public boolean copyTo(Path copy) {
    return false; // its owner backs it up, with its own tools
  }

  @Override
  public String kind() {
    return "postgresql";
  }

  @Override
  public void close() {
    pool.close();
  }
}
