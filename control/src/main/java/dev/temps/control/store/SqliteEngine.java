package dev.temps.control.store;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite in WAL mode: one writer connection behind a lock, so that writers queue fairly instead of
 * polling for a busy file; a few readers that never wait for it.
 */
final class SqliteEngine implements Engine {
  private static final int READERS_MAX = 4; // more readers than cores gain nothing in one process
  private static final int BUSY_MILLIS = 2_000; // a backup tool or sqlite3 shell beside us

  private final Path file;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final ConnectionPool writer;
  private final ConnectionPool readers;
  private final Jdbi writes;
  private final Jdbi reads;

  private SqliteEngine(Path file) {
    this.file = file;
    this.writer = new ConnectionPool(1, () -> connect(SQLiteConfig.TransactionMode.IMMEDIATE));
    this.readers = new ConnectionPool(READERS_MAX, this::connectReader);
    this.writes = remembering(Mapping.on(Jdbi.create(writer)));
    this.reads = remembering(Mapping.on(Jdbi.create(readers)));
  }

  private static Jdbi remembering(Jdbi jdbi) {
    jdbi.setStatementBuilderFactory(new PreparedStatements());
    return jdbi;
  }

  static SqliteEngine open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              "store-unavailable",
              503,
              "The store's folder can't be made.",
              file.toAbsolutePath().getParent() + ": " + e.getMessage(),
              "Give temps serve a --data-dir that it may write to."),
          e);
    }
    return new SqliteEngine(file);
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return reads.inTransaction(work::apply);
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw new IllegalStateException("a write inside a write would wait for itself");
    }
    writing.lock();
    try {
      return writes.inTransaction(work::apply);
    } finally {
      writing.unlock();
    }
  }

  private Connection connect(SQLiteConfig.TransactionMode mode) throws SQLException {
    SQLiteConfig config = settings();
    config.setTransactionMode(mode);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private Connection connectReader() throws SQLException {
    Connection connection = connect(SQLiteConfig.TransactionMode.DEFERRED);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
    }
    return connection;
  }

  private static SQLiteConfig settings() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }

  @Override
  public DataSource forMigration() {
    SQLiteDataSource source = new SQLiteDataSource(settings());
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  public boolean copyTo(Path copy) throws SQLException {
    // One read transaction of a connection of its own: writers go on beside it.
    try (Connection connection = forMigration().getConnection();
        var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, copy.toString());
      statement.execute();
      return true;
    }
  }

  @Override
  public String kind() {
    return "sqlite";
  }

  @Override
  public void close() {
    readers.close();
    writing.lock(); // Lets a running write end first: SQLite checkpoints when the last one closes.
    try {
      writer.close();
    } finally {
      writing.unlock();
    }
  }
}
