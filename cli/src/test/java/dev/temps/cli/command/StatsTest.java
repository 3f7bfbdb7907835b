package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.AppTraffic;
import dev.temps.contract.api.RequestFigures;
import dev.temps.contract.api.TrafficOfNode;
import dev.temps.contract.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private static RequestFigures figures(long requests, long failed) {
    return new RequestFigures(
        requests,
        requests / 300.0,
        0,
        requests - failed,
        0,
        0,
        failed,
        0,
        1_000,
        4 << 20,
        0,
        7,
        requests == 0 ? null : 3L,
        requests == 0 ? null : 18L,
        requests == 0 ? null : 120L);
  }

  private static AppTraffic traffic(long... requests) {
    List<TrafficOfNode> nodes =
        requests.length == 0
            ? List.of()
            : List.of(
                new TrafficOfNode("node-1", figures(requests[0], 1)),
                new TrafficOfNode("node-2", figures(requests[1], 0)));
    long all = requests.length == 0 ? 0 : requests[0] + requests[1];
    return new AppTraffic("web", 10, 0, 300_000, figures(all, all == 0 ? 0 : 1), nodes, List.of());
  }

  private String since(String ago) {
    String from = Person.NOW.minus(Duration.parse(ago)).toString().replace(":", "%3A");
    return "GET /api/v1/apps/web/traffic?from=" + from;
  }

  @Test
  void eachMachineAndAllTogetherAreARow() {
    control.on(since("PT5M"), traffic(3_000, 600));
    Person.Seen seen = new Person(home).at(control).runs("stats", "web", "--requests");
    assertEquals(
        """
        ANSWERED BY  PER SECOND  REQUESTS  4XX  5XX    P50   P95    P99     SENT   CONNECTIONS
        node-1       10.0        3000      0%   <0.1%  3 ms  18 ms  120 ms  4 MiB  7
        node-2       2.0         600       0%   0%     3 ms  18 ms  120 ms  4 MiB  7
        all          12.0        3600      0%   <0.1%  3 ms  18 ms  120 ms  4 MiB  7
        """,
        seen.out());
  }

  @Test
  void jsonIsWhatTheControlPlaneSays() {
    AppTraffic traffic = traffic(30, 60);
    control.on(since("PT2H"), traffic);
    Person.Seen seen =
        new Person(home).at(control).runs("stats", "web", "--requests", "--since", "2h", "--json");
    assertEquals(Json.write(traffic) + "\n", seen.out());
  }

  @Test
  void anAppNobodyAskedHasNoTable() {
    control.on(since("PT5M"), traffic());
    Person.Seen seen = new Person(home).at(control).runs("stats", "web", "--requests");
    assertEquals("", seen.out());
    assertTrue(seen.err().contains("No request was answered"), seen.err());
    assertEquals(0, seen.exit());
  }
}
