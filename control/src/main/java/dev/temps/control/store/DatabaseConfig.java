package dev.temps.control.store;

import dev.temps.kit.Secret;
import java.nio.file.Path;

/** Which engine holds the store. */
public sealed interface DatabaseConfig {
  /**
   * The embedded default.
   *
   * @param file made when missing, its folder too
   */
  record Sqlite(Path file) implements DatabaseConfig {}

  /**
   * A PostgreSQL server.
   *
   * @param url {@code postgres://user:password@host[:port][,host…]/database[?options]}, also with
   *     {@code postgresql://} or {@code jdbc:postgresql://}
   */
  record Postgres(Secret url) implements DatabaseConfig {}
}
