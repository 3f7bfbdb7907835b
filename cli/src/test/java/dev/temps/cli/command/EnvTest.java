package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.VariableView;
import dev.temps.contract.api.VariablesChanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code temps env}: what goes out, what comes back, and that secrets only go in. */
class EnvTest {
  private static final String PATH = "/api/v1/apps/web/variables";
  private static final String CHANGE = "PATCH " + PATH;

  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @BeforeEach
  void answers() {
    control.on(CHANGE, new VariablesChanged(List.of(), Samples.release("serving", null), null));
  }

  @AfterEach
  void stop() {
    control.close();
  }

  private Person person() {
    return new Person(home).at(control);
  }

  private void sent(String body) {
    assertEquals(CHANGE + " " + body, control.asked().getLast());
  }

  @Test
  void plainOnesStandInTheArgumentsAndTheRolloutIsWaitedFor() {
    Person.Seen seen = person().runs("env", "set", "web", "A=1", "B=x=y");
    assertEquals(0, seen.exit(), seen.err());
    assertTrue(seen.err().endsWith("Serving: 0 of 0 healthy.\n"), seen.err());
    sent("{\"set\":{\"A\":\"1\",\"B\":\"x=y\"}}");
  }

  @Test
  void aSecretComesFromStandardInputWithAllItsLines() {
    Person.Seen seen =
        person().types("-----BEGIN\nh1dd3n\n\n").runs("env", "set", "web", "--secret", "KEY");
    assertEquals(0, seen.exit(), seen.err());
    assertFalse((seen.out() + seen.err()).contains("h1dd3n"));
    sent("{\"secrets\":{\"KEY\":\"-----BEGIN\\nh1dd3n\\n\"}}");
  }

  @Test
  void orFromAFile() throws IOException {
    Path file = Files.writeString(home.resolve("key"), "h1dd3n\n");
    person().runs("env", "set", "web", "A=1", "--secret", "KEY", "--from-file", file.toString());
    sent("{\"set\":{\"A\":\"1\"},\"secrets\":{\"KEY\":\"h1dd3n\"}}");
  }

  @Test
  void aSecretsValueInTheArgumentsIsRefusedWithoutShowingIt() {
    Person.Seen seen = person().runs("env", "set", "web", "--secret", "KEY=h1dd3n");
    assertEquals(1, seen.exit());
    assertFalse(seen.err().contains("h1dd3n"), seen.err());
    assertTrue(seen.err().contains("Give only the name"), seen.err());
    assertEquals(List.of(), control.asked());
  }

  @Test
  void whatCanNotBeMeantNeverReachesTheControlPlane() {
    for (List<String> bad :
        List.of(
            List.of("set", "web"),
            List.of("set", "web", "novalue"),
            List.of("set", "web", "1A=x"),
            List.of("set", "web", "A=1", "A=2"),
            List.of("set", "web", "A=1", "--from-file", "x"),
            List.of("set", "web", "--secret", "KEY"),
            List.of("set", "web", "A=1", "--timeout", "soon"),
            List.of("set", "a/b", "A=1"),
            List.of("unset", "web"),
            List.of("unset", "web", "A=1"),
            List.of("import", "web", "/no/such"),
            List.of("import", "web", "-"))) {
      List<String> words = new java.util.ArrayList<>(List.of("env"));
      words.addAll(bad);
      Person.Seen seen = person().runs(words.toArray(String[]::new));
      assertTrue(seen.exit() == 1 || seen.exit() == 2, bad + seen.err());
      assertTrue(seen.err().lines().count() <= 2, seen.err());
    }
    assertEquals(List.of(), control.asked());
  }

  @Test
  void theyAreForgottenByNameAndMayWaitForTheNextRelease() {
    control.raw(CHANGE, 200, "application/json", "{\"variables\":[],\"note\":\"Kept for it.\"}");
    person().runs("env", "unset", "web", "A", "B");
    sent("{\"unset\":[\"A\",\"B\"]}");
    Person.Seen seen = person().runs("env", "unset", "web", "A", "--no-deploy");
    sent("{\"unset\":[\"A\"],\"deploy\":false}");
    assertEquals(new Person.Seen(0, "", "Kept for it.\n"), seen);
  }

  @Test
  void aFileIsImportedPlainOrSecret() throws IOException {
    Path file = Files.writeString(home.resolve("prod.env"), "# all\nA=1\nB='two words'\n");
    person().runs("env", "import", "web", file.toString());
    sent("{\"set\":{\"A\":\"1\",\"B\":\"two words\"}}");
    person().types("KEY=h1dd3n\n").runs("env", "import", "web", "-", "--secret");
    sent("{\"secrets\":{\"KEY\":\"h1dd3n\"}}");
  }

  @Test
  void theListShowsPlainValuesAndHidesSecrets() {
    control.on(
        "GET " + PATH,
        VariableView.class,
        List.of(
            new VariableView("KEY", true, null, Person.ago(Duration.ofHours(2)), "anna"),
            new VariableView("LEVEL", false, "debug", Person.ago(Duration.ofDays(3)), "ci")));
    assertEquals(
        """
        NAME   VALUE     SET  BY
        KEY    (secret)  2h   anna
        LEVEL  debug     3d   ci
        """,
        person().runs("env", "list", "web").out());
    assertTrue(
        person()
            .runs("env", "list", "web", "--json")
            .out()
            .contains("{\"name\":\"KEY\",\"secret\":true,"));
  }
}
