package dev.temps.control.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.RegistryLogin;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistriesTest extends StoreTest {
  private Registries registries;

  @BeforeEach
  void open() {
    Vault vault =
        Vault.open(folder.resolve("key"), database, Time.system(), Ids.secure(), null).vault();
    registries = new Registries(vault.sealer());
  }

  private void put(String host, String username, String password) {
    database.change(h -> registries.put(h, host, username, new Secret(password), 5));
  }

  @Test
  void keepsThePasswordSealedAndReplacesIt() {
    put("ghcr.io", "anna", "first");
    put("ghcr.io", "anna", "second");
    RegistryLogin login = database.read(h -> registries.login(h, "ghcr.io")).orElseThrow();
    assertEquals(new RegistryLogin("ghcr.io", "anna", "second"), login);
    assertFalse(login.toString().contains("second"));
    String stored =
        database.read(
            h -> h.createQuery("SELECT password_sealed FROM registries").mapTo(String.class).one());
    assertFalse(stored.contains("second"));
    assertEquals(1, database.read(registries::list).size());
  }

  @Test
  void forgetsOnceAndSaysSoTheSecondTime() {
    put("ghcr.io", "anna", "x");
    database.change(h -> registries.remove(h, "ghcr.io"));
    assertTrue(database.read(h -> registries.login(h, "ghcr.io")).isEmpty());
    ProblemException missing =
        assertThrows(
            ProblemException.class, () -> database.change(h -> registries.remove(h, "ghcr.io")));
    assertEquals(404, missing.problem().status());
  }

  @Test
  void refusesWhatIsNoHostOrNoPassword() {
    for (String host : new String[] {"", "a b", "http://x", "x/y", "-x", "x:99999", "a;b"}) {
      assertThrows(ProblemException.class, () -> Registries.host(host), host);
    }
    assertEquals("docker.io", Registries.host("Index.Docker.io"));
    assertEquals("host:5000", Registries.host("host:5000"));
    for (String bad : new String[] {"", "a\nb", "x".repeat(5_000)}) {
      assertThrows(ProblemException.class, () -> put("ghcr.io", "anna", bad));
      assertThrows(ProblemException.class, () -> put("ghcr.io", bad, "secret"));
    }
  }
}
