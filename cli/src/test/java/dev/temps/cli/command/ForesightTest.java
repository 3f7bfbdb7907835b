package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.LossMove;
import dev.temps.contract.api.LossOfApp;
import dev.temps.contract.api.LossView;
import dev.temps.contract.api.PlacementScore;
import dev.temps.contract.api.PlacementStrategy;
import dev.temps.contract.api.PlacementVerdict;
import dev.temps.contract.api.PlacementView;
import dev.temps.contract.json.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explanations and simulations look like, to the letter, in 100 columns. */
class ForesightTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private String prints(String... words) {
    Person.Seen seen = new Person(home).at(control).runs(words);
    assertEquals(0, seen.exit(), seen.err());
    return seen.out();
  }

  private String shows(String... words) {
    String page = prints(words);
    assertTrue(page.lines().allMatch(line -> line.length() <= 100), page);
    return page;
  }

  private static PlacementVerdict fits(String node, boolean chosen, long load, long total) {
    return new PlacementVerdict(
        node,
        chosen,
        true,
        List.of(),
        List.of(
            new PlacementScore("replicas in this zone", 0, 10_000),
            new PlacementScore("load", load, 20)),
        total);
  }

  private static PlacementVerdict refuses(String node, String... why) {
    return new PlacementVerdict(node, false, false, List.of(why), List.of(), 0);
  }

  @Test
  void anAppThatRunsWellSaysSoFirstAndThenWhereTheNextReplicaWouldGo() {
    PlacementView view =
        new PlacementView(
            "web",
            "web runs well: 1 of 1 healthy, on node-1.",
            1,
            0,
            null,
            List.of(),
            List.of(Samples.container(1, "node-1", "running", "healthy")),
            "The next replica would go to node-2.",
            List.of(
                fits("node-2", true, -120, -2_400),
                fits("node-1", false, -480, -9_600),
                refuses("node-3", "cordoned", "300 MiB memory short")),
            new PlacementStrategy("spread", "app"));
    control.on("GET /api/v1/apps/web/placement", view);
    assertEquals(
        """
        web runs well: 1 of 1 healthy, on node-1.
          strategy   spread, as the app says

        web-1 on node-1: healthy, placed 4m ago because: the only node with room

        The next replica would go to node-2.
        NODE    POINTS  WHY
        node-2    -2.4  chosen: load -0.12 x 20
        node-1    -9.6  fits: load -0.48 x 20
        node-3       -  cordoned; 300 MiB memory short
        """,
        shows("explain", "web"));
    assertEquals(Json.write(view) + "\n", prints("explain", "web", "--json"));
  }

  @Test
  void anAppThatWaitsSaysWhatIsShortAndWhatWouldMakeItFit() {
    control.on(
        "GET /api/v1/apps/web/placement",
        new PlacementView(
            "web",
            "web waits: there is no place for 1 of 1.",
            1,
            1,
            "1 node: 300 MiB memory short; 1 node: cordoned",
            List.of("300 MiB less memory would fit on node-1", "uncordon node-2"),
            List.of(),
            "The next replica would go nowhere.",
            List.of(
                refuses(
                    "node-1",
                    "300 MiB memory short",
                    "needs region=eu, and has region=us",
                    "something there must stay apart from app:shop/web"),
                refuses("node-2", "cordoned")),
            null));
    assertEquals(
        """
        web waits: there is no place for 1 of 1.
          short      1 node: 300 MiB memory short; 1 node: cordoned
          would fit  300 MiB less memory would fit on node-1
          would fit  uncordon node-2

        The next replica would go nowhere.
        NODE    POINTS  WHY
        node-1       -  300 MiB memory short; needs region=eu, and has region=us; something \
        there must stay
                        apart from app:shop/web
        node-2       -  cordoned
        """,
        shows("explain", "web"));
  }

  @Test
  void aLossAppByApp() {
    LossView view =
        new LossView(
            List.of("node-2"),
            "Losing node-2 takes pg with it.",
            "The other machines notice within some 10 seconds; then what ran there starts"
                + " elsewhere.",
            List.of(),
            List.of(
                new LossOfApp(
                    "pg",
                    "data-away",
                    1,
                    1,
                    List.of(),
                    "away until node-2 is back: the data of pg:data is there and nowhere else",
                    List.of("if node-2 never comes back: temps node remove node-2 --force")),
                new LossOfApp(
                    "web",
                    "continues",
                    2,
                    1,
                    List.of(new LossMove("web-2", "node-2", "node-3")),
                    "goes on with 1 of 2 until the others have started elsewhere",
                    List.of())),
            3);
    control.on("POST /api/v1/nodes/simulate-loss", view);
    assertEquals(
        """
        Losing node-2 takes pg with it.
        The other machines notice within some 10 seconds; then what ran there starts elsewhere.

        APP  OUTCOME    LOST    WHAT FOLLOWS
        pg   data-away  1/1     away until node-2 is back: the data of pg:data is there and \
        nowhere else
                                way out: if node-2 never comes back: temps node remove node-2 \
        --force
        web  continues  1/2     goes on with 1 of 2 until the others have started elsewhere; \
        web-2 to node-3

        3 other apps have nothing there.
        """,
        shows("node", "simulate-loss", "node-2"));
    assertEquals(
        List.of("POST /api/v1/nodes/simulate-loss {\"nodes\":[\"node-2\"]}"), control.asked());
    assertEquals(Json.write(view) + "\n", prints("node", "simulate-loss", "node-2", "--json"));
  }
}
