package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.CertificateView;
import dev.temps.contract.api.DomainAddress;
import dev.temps.contract.api.DomainCheck;
import dev.temps.contract.api.DomainView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code temps domain} and {@code temps certificate}: what goes out and what is shown. */
class DomainTest {
  private static final String ADD = "POST /api/v1/apps/web/domains";

  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private Person person() {
    return new Person(home).at(control);
  }

  private static DomainView view(String host, String path, @Nullable String redirectTo) {
    return new DomainView(
        "d-1",
        host,
        path,
        "web",
        "web",
        "http://" + host,
        redirectTo,
        "auto",
        List.of(),
        List.of(),
        false,
        "self-signed",
        "browsers warn",
        0,
        "anna");
  }

  @Test
  void theWwwNameIsClaimedToSendVisitorsOn() {
    control.on(ADD, view("shop.example.com", "/", null));
    Person.Seen seen = person().runs("domain", "add", "web", "shop.example.com", "--with-www");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals(
        List.of(
            ADD + " {\"host\":\"shop.example.com\"}",
            ADD + " {\"host\":\"www.shop.example.com\",\"redirectTo\":\"shop.example.com\"}"),
        control.asked());
  }

  @Test
  void aPathStandsBehindTheHost() {
    control.on(ADD, view("shop.example.com", "/api", null));
    person().runs("domain", "add", "web", "shop.example.com/api", "--allow", "10.0.0.0/8");
    assertEquals(
        ADD + " {\"host\":\"shop.example.com\",\"path\":\"/api\",\"allow\":[\"10.0.0.0/8\"]}",
        control.asked().getLast());
  }

  @Test
  void aPasswordComesFromStandardInputAndIsNotShown() {
    control.on(ADD, view("a.example.com", "/", null));
    Person.Seen seen =
        person()
            .types("open sesame\n")
            .runs("domain", "add", "web", "a.example.com", "--login", "anna");
    assertEquals(0, seen.exit(), seen.err());
    assertFalse((seen.out() + seen.err()).contains("sesame"));
    assertTrue(
        control
            .asked()
            .getLast()
            .contains("\"logins\":[{\"name\":\"anna\",\"password\":\"open sesame\"}]"));
  }

  @Test
  void aUrlIsNoDomain() {
    Person.Seen seen = person().runs("domain", "add", "web", "https://a.example.com");
    assertTrue(seen.err().contains("Give the host alone"), seen.err());
    assertEquals(List.of(), control.asked());
  }

  @Test
  void aDomainIsFoundByItsHostAndPath() {
    control.on(
        "GET /api/v1/domains",
        DomainView.class,
        List.of(view("a.example.com", "/", null), view("a.example.com", "/api", null)));
    control.on("PATCH /api/v1/domains/d-1", view("a.example.com", "/api", null));
    Person.Seen seen = person().runs("domain", "set", "A.example.com/api", "--no-maintenance");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals("PATCH /api/v1/domains/d-1 {\"maintenance\":false}", control.asked().getLast());
    assertTrue(person().runs("domain", "set", "a.example.com").err().contains("nothing to set"));
  }

  @Test
  void theListSaysWhereVisitorsAreSent() {
    control.on(
        "GET /api/v1/domains",
        DomainView.class,
        List.of(view("www.a.example.com", "/", "a.example.com")));
    assertEquals(
        """
        DOMAIN             APP  ASKS                 CERTIFICATE
        www.a.example.com  web  go to a.example.com  self-signed: browsers warn
        """,
        person().runs("domain", "list").out());
  }

  @Test
  void aCheckThatFindsOthersFails() {
    control.on("GET /api/v1/domains", DomainView.class, List.of(view("a.example.com", "/", null)));
    control.on(
        "GET /api/v1/domains/d-1/check",
        new DomainCheck(
            "a.example.com",
            false,
            List.of(new DomainAddress("203.0.113.9", null)),
            List.of(new DomainAddress("203.0.113.1", "worker-1")),
            "Visitors are sent to 203.0.113.9."));
    Person.Seen seen = person().runs("domain", "check", "a.example.com");
    assertEquals(1, seen.exit());
    assertTrue(seen.out().endsWith("Visitors are sent to 203.0.113.9.\n"), seen.out());
  }

  @Test
  void aCertificatesKeyIsReadFromItsFileAndNotShown() throws IOException {
    Path chain = Files.writeString(home.resolve("chain.pem"), "CHAIN\n");
    Path key = Files.writeString(home.resolve("key.pem"), "h1dd3n\n");
    control.on(
        "POST /api/v1/certificates",
        new CertificateView(
            "hc-1", "own", List.of("a.example.com"), "CN=x", "valid", 0, 0, 0, "anna"));
    Person.Seen seen =
        person().runs("certificate", "add", "--chain", chain.toString(), "--key", key.toString());
    assertEquals(0, seen.exit(), seen.err());
    assertFalse((seen.out() + seen.err()).contains("h1dd3n"));
    assertTrue(control.asked().getLast().contains("\"key\":\"h1dd3n\""));
  }
}
