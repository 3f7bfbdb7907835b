package dev.temps.control.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** What differs between the two databases. Thread-safe. */
interface Engine extends AutoCloseable {
  /** One try of a read-only transaction. */
  <T> T read(Function<Handle, T> work);

  /** One try of a writing transaction. */
  <T> T write(Function<Handle, T> work);

  /** Connections for a migration; used by one thread before anything else runs. */
  DataSource forMigration();

  /** {@code sqlite} or {@code postgresql}, also the name of its own migration folder. */
  String kind();

  /**
   * Writes a consistent copy into an empty file while everybody goes on working.
   *
   * @return false when this engine has no file to copy
   * @throws SQLException when it could not be written in full
   */
  boolean copyTo(Path file) throws SQLException;

  @Override
  void close();
}
