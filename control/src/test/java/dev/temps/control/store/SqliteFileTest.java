package dev.temps.control.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
  @TempDir Path folder;

  @Test
  void refusesASecondControlPlaneOnOneDirectory() {
    try (DataDirectory first = DataDirectory.lock(folder)) {
      ProblemException refused =
          assertThrows(ProblemException.class, () -> DataDirectory.lock(folder));
      assertEquals("data-directory-in-use", refused.problem().type());
      assertEquals(folder, first.path());
    }
    DataDirectory.lock(folder).close();
  }

  @Test
  void refusesAStoreOfANewerProgram() {
    DatabaseConfig config = new DatabaseConfig.Sqlite(folder.resolve("temps.db"));
    try (Database database = Database.open(config)) {
      database.change(
          h -> h.execute("UPDATE flyway_schema_history SET version = '999' WHERE version = '1'"));
    }
    ProblemException refused = assertThrows(ProblemException.class, () -> Database.open(config));
    assertEquals("store-too-new", refused.problem().type());
  }

  @Test
  void saysSoWhenTheFileIsNoDatabase() throws IOException {
    Path file = Files.writeString(folder.resolve("temps.db"), "not a database".repeat(1000));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Database.open(new DatabaseConfig.Sqlite(file)));
    assertEquals("store-unavailable", refused.problem().type());
  }

  @Test
  void theSchemaVersionIsThatOfTheNewestFile() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/common"))) {
      List<Integer> versions =
          files
              .map(f -> f.getFileName().toString())
              .map(n -> Integer.parseInt(n.substring(1, n.indexOf("__"))))
              .sorted()
              .toList();
      assertEquals(Schema.VERSION, versions.getLast());
    }
  }

  @Test
  void takesPostgresUrlsApartSoThatThePasswordStaysOutOfMessages() {
    PostgresUrl url =
        PostgresUrl.parse(new Secret("postgres://me:s%40crt@db1:5433,db2/temps?sslmode=require"));
    assertEquals("jdbc:postgresql://db1:5433,db2/temps?sslmode=require", url.jdbc());
    assertEquals("me", url.user());
    assertEquals("s@crt", url.password().reveal());
    ProblemException refused =
        assertThrows(
            ProblemException.class, () -> PostgresUrl.parse(new Secret("mysql://a:hush@b/c")));
    assertFalse(refused.problem().line().contains("hush"));
  }

  @Test
  void saysWhatToDoWhenPostgresDoesNotAnswer() {
    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () ->
                Database.open(
                    new DatabaseConfig.Postgres(new Secret("postgres://u:hush@127.0.0.1:1/x"))));
    assertEquals("store-unavailable", refused.problem().type());
    assertTrue(refused.problem().line().contains("refused"), refused.problem().line());
    assertFalse(refused.problem().line().contains("hush"));
  }
}
