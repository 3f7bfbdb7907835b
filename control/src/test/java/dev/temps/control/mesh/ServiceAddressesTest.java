package dev.temps.control.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.node.MeshNumbers;
import dev.temps.control.project.AppName;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.ProblemException;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Apps keep the address others reach them at. */
class ServiceAddressesTest extends StoreTest {
  private final FakeTime time = new FakeTime();
  private final ServiceAddresses addresses = new ServiceAddresses(time);
  private final AtomicInteger ids = new AtomicInteger();

  private Environment app(String name) {
    int id = ids.incrementAndGet();
    return database.write(h ->
        ProjectStore.create(
            h,
            AppName.parse(name, null),
            new ProjectStore.NewIds("p-" + id, "e-" + id),
            1,
            time.millis() + id));
  }

  private String assign(Environment app) {
    return database.write(h -> addresses.assign(h, app));
  }

  private void remove(Environment app) {
    database.change(h -> {
      addresses.release(h, app);
      ProjectStore.remove(h, ProjectStore.get(h, app.id()), time.millis());
    });
  }

  @Test
  void anAppKeepsTheLowestAddressThatWasFree() {
    Environment web = app("web");
    assertEquals("10.223.0.1", assign(web));
    assertEquals("10.223.0.2", assign(app("db")));
    assertEquals("10.223.0.1", assign(web));
    reopen();
    assertEquals("10.223.0.1", assign(web));
  }

  @Test
  void anAddressRestsTenMinutesBeforeAnotherAppHasIt() {
    Environment web = app("web");
    assign(web);
    remove(web);
    remove(app("never-had-one"));
    assertEquals("10.223.0.2", assign(app("a")));
    time.advance(Duration.ofMinutes(10).minusMillis(1));
    assertEquals("10.223.0.3", assign(app("b")));
    time.advance(Duration.ofMillis(1));
    assertEquals("10.223.0.1", assign(app("c")));
  }

  @Test
  void theSameAppDeployedAgainHasItsAddressBackUnlessAnotherHasIt() {
    Environment web = app("web");
    assign(web);
    assign(app("db"));
    remove(web);
    time.advance(Duration.ofMinutes(1));
    Environment again = app("web");
    assertEquals("10.223.0.1", assign(again));
    remove(again);
    time.advance(Duration.ofMinutes(10));
    assertEquals("10.223.0.1", assign(app("other")));
    assertEquals("10.223.0.3", assign(app("web")));
  }

  @Test
  void appsFromBeforeGetTheirsOldestFirstAndOnce() {
    Environment zebra = app("zebra");
    Environment ant = app("ant");
    assertTrue(database.write(addresses::assignMissing));
    assertFalse(database.write(addresses::assignMissing));
    assertEquals("10.223.0.1", assign(zebra));
    assertEquals("10.223.0.2", assign(ant));
    assertEquals(2, database.read(ServiceAddresses::all).size());
  }

  @Test
  void aStoreFromBeforeThereWereAnyIsBroughtUp() throws IOException {
    Environment web = app("web");
    String migration = migration();
    database.change(h -> {
      h.execute("DROP TABLE service_addresses");
      h.createScript(migration).execute();
    });
    assertTrue(database.write(addresses::assignMissing));
    assertEquals("10.223.0.1", assign(web));
  }

  private static String migration() throws IOException {
    String file = "/db/common/V14__service_addresses.sql";
    try (InputStream in = ServiceAddresses.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatALostControlPlaneMayHaveGivenRestsForADay() {
    assign(app("a"));
    database.change(h -> addresses.restNext(h, 2));
    Environment b = app("b");
    assertEquals("10.223.0.4", assign(b));
    time.advance(Duration.ofHours(23));
    assertEquals("10.223.0.5", assign(app("c")));
    time.advance(Duration.ofHours(2));
    assertEquals("10.223.0.2", assign(app("d")));
    assertEquals("10.223.0.4", assign(b));
  }

  @Test
  void anAddressBelongsToOneAppAndAnAppHasOne() {
    Environment web = app("web");
    String given = assign(web);
    for (String address : new String[] {given, "10.223.9.9"}) {
      assertThrows(
          RuntimeException.class,
          () ->
              database.change(h ->
                  h.execute(
                      "INSERT INTO service_addresses (address, environment_id, assigned_at)"
                          + " VALUES (?, ?, 0)",
                      address,
                      web.id())));
    }
    assertNotEquals(given, assign(app("db")));
  }

  @Test
  void allOfThemLieInTheLastPartOfThePoolAndNoneEndsWithZeroOrAllOnes() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < MeshNumbers.SERVICES_MAX; i++) {
      String address = MeshNumbers.serviceAddress(i);
      assertTrue(address.startsWith("10.223."), address);
      assertFalse(address.endsWith(".0") || address.endsWith(".255"), address);
      all.add(address);
    }
    assertEquals(MeshNumbers.SERVICES_MAX, all.size());
    assertTrue(all.contains("10.223.255.254"));
  }

  @Test
  void saysSoWhenThereIsNoneLeft() {
    database.change(h -> {
      try (var batch =
          h.prepareBatch(
              "INSERT INTO service_addresses (address, assigned_at) VALUES (:address, 0)")) {
        for (int i = 0; i < MeshNumbers.SERVICES_MAX; i++) {
          batch.bind("address", MeshNumbers.serviceAddress(i)).add();
        }
        batch.execute();
      }
    });
    Environment web = app("web");
    ProblemException full = assertThrows(ProblemException.class, () -> assign(web));
    assertEquals("service-addresses-full", full.problem().type());
  }
}
