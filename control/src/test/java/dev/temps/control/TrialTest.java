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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
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
            .withAdvertise(java.util.List.of("127.0.0.1"))
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

  /** Takes the newest migration back. */
  private static void olderSchema(Path store) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE upgrades");
      statement.execute("DROP TABLE upgrade_nodes");
      statement.execute("DELETE FROM flyway_schema_history WHERE version = '8'");
    }
  }
}
