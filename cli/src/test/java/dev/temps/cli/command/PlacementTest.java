package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.PlacementDefaultView;
import dev.temps.contract.json.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code temps placement}: what goes out and what is shown. */
class PlacementTest {
  private static final String SHOW = "GET /api/v1/placement";
  private static final String SET = "PUT /api/v1/placement";

  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private Person.Seen runs(String... words) {
    return new Person(home).at(control).runs(words);
  }

  @Test
  void showSaysWhatTheClusterDoesAndWhoDoesOtherwise() {
    PlacementDefaultView view =
        new PlacementDefaultView("spread", List.of("api"), List.of("jobs", "logs"));
    control.on(SHOW, view);
    assertEquals(
        """
        spread: of equally good machines the least reserved
        apps that say pack themselves    jobs, logs
        apps that say spread themselves  api
        """,
        runs("placement", "show").out());
    assertEquals(Json.write(view) + "\n", runs("placement", "show", "--json").out());
  }

  @Test
  void setSaysThatNothingIsMoved() {
    control.on(SET, new PlacementDefaultView("pack", List.of(), List.of()));
    Person.Seen seen = runs("placement", "set", "pack");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals(SET + " {\"strategy\":\"pack\"}", control.asked().getLast());
    assertEquals(
        "pack: of equally good machines one in use that a replica fills best\n", seen.out());
    assertEquals("Nothing that runs is moved; replicas placed from now on go by it.\n", seen.err());
  }

  @Test
  void aWordThatIsNoStrategyIsMisuseThatNamesBoth() {
    Person.Seen seen = runs("placement", "set", "tight");
    assertEquals(2, seen.exit());
    assertTrue(seen.err().contains("Use spread or pack."), seen.err());
    assertEquals(List.of(), control.asked());
  }
}
