package dev.temps.control.store;

import dev.temps.kit.Backoff;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The store. A write is one transaction that is on disk when the call returns; a read sees one
 * consistent snapshot. Records map by their component names ({@code created_at} to {@code
 * createdAt}), booleans are 0/1 columns, enums are their names. Thread-safe.
 */
public final class Database implements AutoCloseable {
  private static final int TRIES_MAX = 12;
  private static final Backoff BETWEEN_TRIES =
      new Backoff(Duration.ofMillis(4), Duration.ofMillis(250));

  private final Engine engine;
  private final Time time;
  private final RandomGenerator random;
  private final WriteTimes writeTimes = new WriteTimes();

  private Database(Engine engine, Time time, RandomGenerator random) {
    this.engine = engine;
    this.time = time;
    this.random = random;
  }

  /**
   * Opens the store and brings its schema to this program's version.
   *
   * @throws ProblemException when it can't be reached, or is of a newer program
   */
  public static Database open(DatabaseConfig config) {
    return open(config, _ -> {});
  }

  /** What is to happen before a store in use is brought to a newer schema. */
  @FunctionalInterface
  public interface BeforeMigration {
    /** Does it; whatever it throws leaves the store as it is. */
    void run(Copying copying);
  }

  /** Writes a consistent copy of a store. */
  @FunctionalInterface
  public interface Copying {
    /**
     * Into an empty file or one that is not there.
     *
     * @return false when this store has no file to copy
     * @throws SQLException when it could not be written in full
     */
    boolean to(Path file) throws SQLException;
  }

  /** As {@link #open(DatabaseConfig)}; {@code before} runs first when the schema will change. */
  public static Database open(DatabaseConfig config, BeforeMigration before) {
    return over(
        switch (config) {
          case DatabaseConfig.Sqlite sqlite -> SqliteEngine.open(sqlite.file());
          case DatabaseConfig.Postgres postgres -> PostgresEngine.open(postgres.url());
        },
        before);
  }

  /** The same over an engine; closed when that throws. */
  static Database over(Engine engine, BeforeMigration before) {
    try {
      Schema.migrate(engine, before);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
    return new Database(engine, Time.system(), new SecureRandom());
  }

  /**
   * Runs {@code work} on a read-only snapshot. It may run twice, so it does nothing but read.
   *
   * @throws ProblemException 503 when the store can't be read
   */
  public <T> T read(Function<Handle, T> work) {
    return retried(() -> engine.read(work));
  }

  /**
   * Runs {@code work} as one transaction: all of it or, when it throws, nothing. It may run twice,
   * so it does no I/O and changes nothing outside the store. Not to be nested.
   *
   * @throws ProblemException 503 or 507 when the store can't be written
   */
  public <T> T write(Function<Handle, T> work) {
    Duration start = time.elapsed();
    try {
      return retried(() -> engine.write(work));
    } finally {
      writeTimes.took(time.elapsed().minus(start));
    }
  }

  /** As {@link #write}, without a result. */
  public void change(Consumer<Handle> work) {
    write(handle -> {
      work.accept(handle);
      return true;
    });
  }

  /**
   * Runs {@code work} as {@link #write} does, and takes everything back that it wrote.
   *
   * @throws ProblemException what {@code work} throws, or as {@link #write}
   */
  public <T> T rehearse(Function<Handle, T> work) {
    List<T> result = new ArrayList<>(1);
    try {
      change(handle -> {
        result.clear(); // it may run twice
        result.add(work.apply(handle));
        throw new Rehearsed();
      });
    } catch (Rehearsed e) {
      return result.getFirst();
    }
    throw new IllegalStateException("a rehearsal was not taken back");
  }

  /** Ends a transaction that was only tried. */
  private static final class Rehearsed extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Rehearsed() {
      super(null, null, false, false);
    }
  }

  private <T> T retried(java.util.function.Supplier<T> work) {
    for (int attempt = 0; ; attempt++) {
      try {
        return work.get();
      } catch (JdbiException e) {
        if (!Faults.worthAnotherTry(e) || attempt >= TRIES_MAX) {
          throw Faults.translated(e);
        }
        pause(attempt);
      }
    }
  }

  private void pause(int attempt) {
    try {
      time.pause(BETWEEN_TRIES.before(attempt, random));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          Problem.of("interrupted", 503, "The store was closed meanwhile.", "", "Try again."), e);
    }
  }

  /**
   * Writes a consistent copy of everything into an empty file; others go on reading and writing.
   *
   * @return false with PostgreSQL, which has no file of ours
   * @throws IOException when it could not be written in full, as on a full disk
   */
  public boolean copyTo(Path file) throws IOException {
    try {
      return engine.copyTo(file);
    } catch (SQLException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Schema that this program makes and understands. */
  public static int schema() {
    return Schema.VERSION;
  }

  /** How long writes took. */
  public WriteTimes writeTimes() {
    return writeTimes;
  }

  /** {@code sqlite} or {@code postgresql}. */
  public String kind() {
    return engine.kind();
  }

  /** Closes all connections; running transactions are rolled back. */
  @Override
  public void close() {
    engine.close();
  }
}
