package dev.temps.control.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

class DatabaseTest extends StoreTest {
  record Row(String id, long createdAt, boolean flag) {}

  @Test
  void keepsWhatWasWrittenOverAReopen() {
    database.change(h -> Settings.put(h, "cluster", "c-1"));
    database.change(h -> Settings.put(h, "cluster", "c-2"));
    reopen();
    assertEquals("c-2", database.read(h -> Settings.get(h, "cluster")));
    assertTrue(database.read(h -> Settings.find(h, "other")).isEmpty());
  }

  @Test
  void leavesNothingOfAWriteThatThrows() {
    assertThrows(
        IllegalStateException.class,
        () ->
            database.change(h -> {
              Settings.put(h, "half", "done");
              throw new IllegalStateException("enough");
            }));
    assertTrue(database.read(h -> Settings.find(h, "half")).isEmpty());
  }

  @Test
  void refusesToWriteInARead() {
    assertThrows(
        RuntimeException.class,
        () ->
            database.read(h -> {
              Settings.put(h, "sneaky", "1");
              return 0;
            }));
    assertTrue(database.read(h -> Settings.find(h, "sneaky")).isEmpty());
    database.change(h -> Settings.put(h, "honest", "1"));
  }

  @Test
  void aQuestionAskedAgainBeginsAtTheStartAlsoWhileItsAnswerIsStillRead() {
    database.change(h -> List.of("a", "b", "c").forEach(k -> Settings.put(h, k, k)));
    String all = "SELECT key FROM settings WHERE key <= :most ORDER BY key";
    for (int i = 0; i < 3; i++) {
      String first =
          database.read(h ->
              h.createQuery(all)
                  .bind("most", "c")
                  .mapTo(String.class)
                  .map(k -> k + keys(h, all, "b"))
                  .findFirst()
                  .orElseThrow());
      assertEquals("a[a, b]", first);
      assertEquals(List.of("a", "b", "c"), database.read(h -> keys(h, all, "c")));
    }
  }

  private static List<String> keys(Handle handle, String sql, String most) {
    return handle.createQuery(sql).bind("most", most).mapTo(String.class).list();
  }

  @Test
  void aStatementThatWasRefusedOnceIsNotRefusedForGood() {
    String insert = "INSERT INTO settings (key, value) VALUES (:key, :value) RETURNING value";
    database.change(h -> Settings.put(h, "there", "1"));
    for (int i = 0; i < 3; i++) {
      String key = "new" + i;
      assertThrows(RuntimeException.class, () -> database.change(h -> insert(h, insert, "there")));
      database.change(h -> insert(h, insert, key));
      assertEquals("x", database.read(h -> Settings.get(h, key)));
    }
  }

  private static void insert(Handle handle, String sql, String key) {
    var _ = handle.createQuery(sql).bind("key", key).bind("value", "x").mapTo(String.class).one();
  }

  @Test
  void losesNoIncrementAmongManyWriters() throws Exception {
    database.change(h -> Settings.put(h, "n", "0"));
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(pool.submit(() -> database.change(DatabaseTest::increment)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertEquals("40", database.read(h -> Settings.get(h, "n")));
  }

  private static void increment(org.jdbi.v3.core.Handle handle) {
    int was = Integer.parseInt(Settings.get(handle, "n"));
    Settings.put(handle, "n", String.valueOf(was + 1));
  }

  @Test
  void mapsRecordsByNameAndTruthAsZeroOrOne() {
    Row row =
        database.write(h -> {
          h.execute("CREATE TABLE truths (id TEXT, created_at BIGINT, flag INTEGER)");
          h.createUpdate("INSERT INTO truths VALUES ('a', 5, :flag)").bind("flag", true).execute();
          return h.createQuery("SELECT * FROM truths WHERE flag = 1").mapTo(Row.class).one();
        });
    assertEquals(new Row("a", 5, true), row);
  }

  @Test
  void tellsADuplicateFromOtherFaults() {
    database.change(h -> insert(h, "x"));
    RuntimeException twice =
        assertThrows(RuntimeException.class, () -> database.change(h -> insert(h, "x")));
    assertTrue(Faults.duplicate(twice));
    RuntimeException broken =
        assertThrows(
            JdbiException.class,
            () -> database.change(h -> h.execute("INSERT INTO nowhere VALUES (1)")));
    assertFalse(Faults.duplicate(broken));
  }

  private static void insert(org.jdbi.v3.core.Handle handle, String key) {
    handle.execute("INSERT INTO settings (key, value) VALUES (?, '')", key);
  }

  @Test
  void holdsForeignKeys() {
    assertThrows(
        RuntimeException.class,
        () ->
            database.change(h ->
                h.execute(
                    "INSERT INTO addresses (address, node_id, owner_id, assigned_at)"
                        + " VALUES ('10.0.0.1', 'nobody', 'o', 1)")));
  }
}
