package dev.temps.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.WhoAmI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token goes only to a control plane whose CA was compared, and is kept in a private file. */
class LoginTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @BeforeEach
  void start() {
    control
        .on("GET /api/v1/whoami", new WhoAmI("owner", "owner", "c-1", List.of(), 0))
        .on("GET /api/v1/nodes", NodeView.class, List.of());
  }

  @AfterEach
  void stop() {
    control.close();
  }

  private Path file() {
    return home.resolve(".config/temps/contexts.json");
  }

  @Test
  void aPinAndAPipedTokenAreEnough() throws IOException {
    Person.Seen seen =
        new Person(home)
            .types("piped-token\n")
            .runs("login", control.url(), "--ca-pin", control.ca().pin(), "--token-file", "-");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals(List.of("Bearer piped-token"), control.tokens());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    assertEquals(0, new Person(home).runs("node", "list").exit());
    assertEquals("Bearer piped-token", control.tokens().getLast());
  }

  @Test
  void theFingerprintIsShownAndAskedFor() {
    Person.Seen seen =
        new Person(home)
            .atTerminal()
            .types("y\n")
            .env("TEMPS_TOKEN", "t")
            .runs("login", control.url(), "--name", "mine");
    assertEquals(0, seen.exit(), seen.err());
    assertTrue(seen.err().contains(control.ca().pin()), seen.err());
    assertTrue(new Person(home).runs("context", "list").out().contains("mine"));
  }

  @Test
  void aNoSendsNothing() {
    Person.Seen seen =
        new Person(home)
            .atTerminal()
            .types("n\n")
            .env("TEMPS_TOKEN", "t")
            .runs("login", control.url());
    assertEquals(1, seen.exit());
    assertEquals(List.of(), control.asked());
    assertFalse(Files.exists(file()));
  }

  @Test
  void withoutAPersonAPinIsNeeded() {
    Person.Seen seen = new Person(home).env("TEMPS_TOKEN", "t").runs("login", control.url());
    assertEquals(2, seen.exit());
    assertTrue(seen.err().contains("--ca-pin"), seen.err());
    assertEquals(List.of(), control.asked());
  }

  @Test
  void aWrongPinSendsNothingAndKeepsNothing() {
    Person.Seen seen =
        new Person(home)
            .env("TEMPS_TOKEN", "t")
            .runs("login", control.url(), "--ca-pin", "ab".repeat(32));
    assertEquals(1, seen.exit());
    assertTrue(seen.err().contains("can't be trusted"), seen.err());
    assertEquals(List.of(), control.asked());
    assertFalse(Files.exists(file()));
  }

  @Test
  void aRefusedTokenIsNotKept() {
    try (FakeControl strict = new FakeControl()) {
      strict.refuse("GET /api/v1/whoami", 401, "The token is not known.", "", "");
      Person.Seen seen =
          new Person(home)
              .env("TEMPS_TOKEN", "t")
              .runs("login", strict.url(), "--ca-pin", strict.ca().pin());
      assertEquals(1, seen.exit());
      assertFalse(Files.exists(file()));
    }
  }

  @Test
  void contextsAreListedUsedShownAndForgottenWithoutTheirTokens() {
    for (String name : List.of("one", "two")) {
      new Person(home)
          .env("TEMPS_TOKEN", "very-secret")
          .runs("login", control.url(), "--ca-pin", control.ca().pin(), "--name", name);
    }
    assertEquals(0, new Person(home).runs("context", "use", "one").exit());
    String list = new Person(home).runs("context", "list").out();
    assertEquals(
        """
        CURRENT  NAME  URL
        *        one   URL
        -        two   URL
        """
            .replace("URL\n", control.url() + "\n")
            .replaceFirst("  " + control.url(), "  URL"),
        list);
    String all =
        list
            + new Person(home).runs("context", "list", "--json").out()
            + new Person(home).runs("context", "show").out()
            + new Person(home).runs("context", "show", "two", "--json").out();
    assertFalse(all.contains("very-secret"), all);
    assertEquals(0, new Person(home).runs("context", "remove", "one").exit());
    assertEquals(1, new Person(home).runs("context", "use", "one").exit());
    assertEquals(1, new Person(home).runs("ps").exit(), "no current context is left");
    assertEquals(0, new Person(home).runs("node", "list", "--context", "two").exit());
  }

  private static FakeControl behind(TestCa shown) {
    return new FakeControl(shown)
        .on("GET /api/v1/whoami", new WhoAmI("owner", "owner", "c-1", List.of(), 0))
        .on("GET /api/v1/nodes", NodeView.class, List.of());
  }

  @Test
  void throughAnIngressThePinIsThatOfTheCertificateItShows() {
    TestCa shown = TestCa.selfSigned();
    try (FakeControl ingress = behind(shown)) {
      Person.Seen seen =
          new Person(home)
              .env("TEMPS_TOKEN", "t")
              .runs("login", ingress.url(), "--ca-pin", shown.leafPin());
      assertEquals(0, seen.exit(), seen.err());
      assertEquals(0, new Person(home).runs("node", "list").exit());
      Person environment =
          new Person(home)
              .env("TEMPS_URL", ingress.url())
              .env("TEMPS_TOKEN", "t")
              .env("TEMPS_CA_PIN", shown.leafPin());
      assertEquals(0, environment.runs("node", "list").exit());
    }
  }

  @Test
  void anIngressThatShowsAnotherCertificateThanTheComparedOneGetsNothing() {
    TestCa shown = TestCa.selfSigned();
    try (FakeControl ingress = behind(shown);
        FakeControl other = behind(TestCa.selfSigned())) {
      new Person(home)
          .env("TEMPS_TOKEN", "t")
          .runs("login", ingress.url(), "--ca-pin", shown.leafPin());
      try {
        String kept = Files.readString(file());
        Files.writeString(file(), kept.replace(ingress.url(), other.url()));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      Person.Seen seen = new Person(home).runs("node", "list");
      assertEquals(1, seen.exit());
      assertTrue(seen.err().contains("another certificate"), seen.err());
      assertEquals(List.of(), other.asked());
    }
  }

  @Test
  void anIngressNobodyVouchesForIsRefusedWithTheWaysOut() {
    try (FakeControl ingress = behind(TestCa.ofAuthority())) {
      Person.Seen seen = new Person(home).env("TEMPS_TOKEN", "t").runs("login", ingress.url());
      assertEquals(2, seen.exit());
      assertTrue(seen.err().contains("--ca-pin"), seen.err());
      assertTrue(seen.err().contains("https://FIRST-SERVER:8443"), seen.err());
      assertTrue(seen.err().contains("temps certificate add"), seen.err());
      assertEquals(List.of(), ingress.asked());
    }
  }

  @Test
  void anIngressThatThisMachineTrustsNeedsNoPin() {
    TestCa shown = TestCa.ofAuthority();
    Path trusted = home.resolve("trusted.p12");
    shown.writeTrusted(trusted);
    try (FakeControl ingress = behind(shown);
        FakeControl stranger = behind(TestCa.ofAuthority())) {
      System.setProperty("javax.net.ssl.trustStore", trusted.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", TestCa.password());
      Person.Seen seen = new Person(home).env("TEMPS_TOKEN", "t").runs("login", ingress.url());
      assertEquals(0, seen.exit(), seen.err());
      assertEquals(0, new Person(home).runs("node", "list").exit());
      Person.Seen other = new Person(home).env("TEMPS_TOKEN", "t").runs("login", stranger.url());
      assertEquals(2, other.exit());
      assertEquals(List.of(), stranger.asked());
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }
}
