package dev.temps.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong is one readable line and the right exit code. */
class FailuresTest {
  @TempDir private Path home = Path.of("");

  @Test
  void aRefusalIsOneLineWithWhatWhyAndWhatNext() {
    try (FakeControl control = new FakeControl()) {
      control.refuse("GET /api/v1/nodes/w9", 404, "There is no such node.", "\"w9\"", "See ls.");
      Person.Seen seen = new Person(home).at(control).runs("node", "show", "w9");
      assertEquals(1, seen.exit());
      assertEquals("temps: There is no such node. \"w9\". See ls.\n", seen.err());
      assertEquals("", seen.out());
    }
  }

  @Test
  void aHostileAnswerCannotMoveTheCursor() {
    try (FakeControl control = new FakeControl()) {
      control.refuse("GET /api/v1/nodes/w9", 404, "No\u001b[2J\nsuch", "a\rb", "");
      Person.Seen seen = new Person(home).at(control).runs("node", "show", "w9");
      assertEquals("temps: No [2J such a b\n", seen.err());
    }
  }

  @Test
  void aServerOfAnotherKindIsNamedAsSuch() {
    try (FakeControl control = new FakeControl()) {
      control.raw("GET /api/v1/nodes", 502, "text/html", "<html>oops</html>");
      Person.Seen seen = new Person(home).at(control).runs("node", "list");
      assertEquals(1, seen.exit());
      assertEquals("temps: The server answered 502. Is it a Temps control plane?\n", seen.err());
    }
  }

  @Test
  void nobodyAtTheAddressIsSaidPlainly() {
    Person.Seen seen =
        new Person(home)
            .env("TEMPS_URL", "https://127.0.0.1:1")
            .env("TEMPS_TOKEN", "x")
            .env("TEMPS_CA_PIN", "0".repeat(64))
            .runs("ps");
    assertEquals(1, seen.exit());
    assertEquals(1, seen.err().lines().count(), seen.err());
    assertTrue(seen.err().contains("No control plane answers at https://127.0.0.1:1"), seen.err());
    assertTrue(seen.err().contains("refused"), seen.err());
  }

  @Test
  void anotherClustersServerGetsNoToken() {
    try (FakeControl control = new FakeControl(TestCa.another("temps://other/control"))) {
      Person.Seen seen =
          new Person(home).at(control).env("TEMPS_CA_PIN", TestCa.one().pin()).runs("ps");
      assertEquals(1, seen.exit());
      assertTrue(seen.err().contains("can't be trusted"), seen.err());
      assertTrue(seen.err().contains("another cluster"), seen.err());
      assertEquals(0, control.asked().size());
    }
  }

  @Test
  void aWorkersCertificateIsNoControlPlane() {
    try (FakeControl control = new FakeControl(TestCa.another("temps://test/node/n-1"))) {
      Person.Seen seen = new Person(home).at(control).runs("ps");
      assertEquals(1, seen.exit());
      assertTrue(seen.err().contains("unexpected peer temps://test/node/n-1"), seen.err());
      assertEquals(0, control.asked().size());
    }
  }

  @Test
  void misuseIsExitCodeTwoWithAPointer() {
    Person.Seen unknown = new Person(home).runs("nod", "list");
    assertEquals(2, unknown.exit());
    assertTrue(unknown.err().contains("Did you mean: node?"), unknown.err());
    Person.Seen option = new Person(home).runs("node", "list", "--wat");
    assertEquals(2, option.exit());
    assertTrue(option.err().endsWith("See: temps node list --help\n"), option.err());
    assertEquals(2, new Person(home).runs("node").exit());
    assertEquals(2, new Person(home).runs("deploy", "--project", "web").exit());
  }

  @Test
  void withoutALoginTheWayInIsShown() {
    Person.Seen seen = new Person(home).runs("ps");
    assertEquals(1, seen.exit());
    assertTrue(seen.err().contains("temps login https://"), seen.err());
  }

  @Test
  void halfAnEnvironmentIsRefused() {
    Person.Seen seen = new Person(home).env("TEMPS_URL", "https://a:8443").runs("ps");
    assertEquals(1, seen.exit());
    assertTrue(seen.err().contains("TEMPS_CA_PIN is not"), seen.err());
  }

  @Test
  void stackTracesAreForThoseWhoAsk() {
    Person.Seen quiet = new Person(home).runs("ps");
    assertFalse(quiet.err().contains("\tat "));
    Person.Seen loud = new Person(home).env("TEMPS_DEBUG", "1").runs("ps");
    assertTrue(loud.err().contains("\tat "), loud.err());
  }

  @Test
  void aBrokenContextFileIsNamed() throws IOException {
    Path file = home.resolve(".config/temps/contexts.json");
    java.nio.file.Files.createDirectories(file.getParent());
    java.nio.file.Files.writeString(file, "{not json");
    Person.Seen seen = new Person(home).runs("context", "list");
    assertEquals(1, seen.exit());
    assertTrue(seen.err().contains(file.toString()), seen.err());
  }
}
