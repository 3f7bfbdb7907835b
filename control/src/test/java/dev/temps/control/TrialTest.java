package dev.temps.control;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.Serving;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.control.testing.Person;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane whose release has yet to prove itself. */
class TrialTest {
  private static final Time TIME = Time.system();

  @TempDir private Path folder = Path.of("");
  private ReleasePlaces places = ReleasePlaces.standard();
  private ServeOptions options = ServeOptions.in(folder);

  @BeforeEach
  void places() throws IOException {
    places =
        new ReleasePlaces(
            folder.resolve("temps"), folder.resolve("releases"), folder.resolve("work"));
    Files.createDirectories(places.work());
    options =
        ServeOptions.in(folder.resolve("control"))
            .withAdvertise(List.of("127.0.0.1"))
            .withPort(Person.freePort())
            .withRelease(folder.resolve("none.tar.gz"), folder.resolve("home"))
            .withPlaces(places);
  }

  private void outcome(String word) throws IOException {
    Files.writeString(
        places.work().resolve("outcome"), word + " op-1 " + folder.resolve("home") + " \n");
  }

  private static HttpResponse<String> invite(Person owner) {
    return owner.call("POST", "/api/v1/node-tokens", "{}");
  }

  @Test
  void onTrialItShowsEverythingAndTakesNoChangeUntilItIsOver() throws IOException {
    Serving serving = ControlPlane.initialize(options, TIME, Ids.secure()).orElseThrow();
    outcome("trial");
    ControlPlane plane = ControlPlane.start(options, TIME, Ids.secure());
    Person owner =
        Person.with(
            "https://127.0.0.1:" + plane.port(), serving.caFingerprint(), serving.ownerToken());
    try (plane;
        owner) {
      assertEquals(200, owner.call("GET", "/api/v1/status", null).statusCode());
      HttpResponse<String> refused = invite(owner);
      assertEquals(503, refused.statusCode());
      assertTrue(refused.body().contains("upgrade-on-trial"), refused.body());
      outcome("done");
      eventually(
          Duration.ofSeconds(10), "changes are taken", () -> invite(owner).statusCode() == 201);
    }
  }

  @Test
  void aStoreItChangesIsCopiedFirstAndTheCopyGoesWhenTheTrialIsOver()
      throws IOException, SQLException {
    ControlPlane.initialize(options, TIME, Ids.secure());
    Path store = folder.resolve("control/temps.db");
    assertTrue(Files.exists(store), "the store's file");
    olderSchema(store);
    outcome("trial");
    Path copy = folder.resolve("control/temps.db.before");
    try (ControlPlane plane = ControlPlane.start(options, TIME, Ids.secure())) {
      assertTrue(plane.port() > 0);
      assertTrue(Files.exists(copy));
      assertEquals(store + "\n", Files.readString(places.storeCopy()));
      outcome("done");
      eventually(Duration.ofSeconds(10), "the copy goes", () -> !Files.exists(copy));
    }
    assertFalse(Files.exists(places.storeCopy()));
  }

  /** The store as the release before the newest migration would have it. */
  private static void olderSchema(Path store) throws SQLException, IOException {
    Path older = store.resolveSibling("older.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + older);
        var statement = connection.createStatement()) {
      statement.execute("ATTACH '" + store + "' AS newer");
      String newest =
          only(
              connection,
              """
              SELECT max(CAST(version AS INTEGER)) FROM newer.flyway_schema_history
              WHERE CAST(version AS INTEGER) <
                (SELECT max(CAST(version AS INTEGER)) FROM newer.flyway_schema_history)
              """);
      Flyway.configure()
          .loggers("slf4j")
          .dataSource("jdbc:sqlite:" + older, null, null)
          .locations("classpath:db/common")
          .target(newest)
          .load()
          .migrate();
      for (String table :
          list(connection, "SELECT name FROM main.sqlite_master WHERE type = 'table'")) {
        if (!table.startsWith("flyway") && !table.startsWith("sqlite")) {
          String columns =
              String.join(
                  ", ", list(connection, "SELECT name FROM pragma_table_info('" + table + "')"));
          statement.execute(
              "INSERT INTO main." + table + " SELECT " + columns + " FROM newer." + table);
        }
      }
    }
    for (String rest : List.of("-wal", "-shm")) {
      Files.deleteIfExists(store.resolveSibling(store.getFileName() + rest));
    }
    Files.move(older, store, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String only(Connection connection, String sql) throws SQLException {
    return list(connection, sql).getFirst();
  }

  private static List<String> list(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
