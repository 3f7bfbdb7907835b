package dev.temps.control.store;

import dev.temps.kit.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Base of a test that needs a store: every test of the class runs on SQLite and on PostgreSQL, each
 * on a fresh database in {@link #database}. Nothing to declare in the subclass.
 */
@ParameterizedClass
@EnumSource
public abstract class StoreTest {
  /** The engines a store test runs on. */
  public enum Kind {
    SQLITE,
    POSTGRESQL
  }

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
  @Parameter
  protected Kind kind;

  @TempDir protected Path folder;
  protected Database database;
  private DatabaseConfig config;

  @BeforeEach
  final void openStore() {
    config =
        switch (kind) {
          case SQLITE -> new DatabaseConfig.Sqlite(folder.resolve("temps.db"));
          case POSTGRESQL ->
              new DatabaseConfig.Postgres(new Secret(PostgresForTests.shared().freshDatabase()));
        };
    database = Database.open(config);
  }

  /** Closes the store and opens it again, as a restart does. */
  protected final void reopen() {
    database.close();
    database = Database.open(config);
  }

  /** What {@link #database} was opened with. */
  protected final DatabaseConfig config() {
    return config;
  }

  @AfterEach
  final void closeStore() {
    if (database != null) {
      database.close();
    }
  }
}
