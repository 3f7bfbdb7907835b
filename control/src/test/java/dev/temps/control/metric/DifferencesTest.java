package dev.temps.control.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.temps.contract.agent.Durations;
import dev.temps.contract.agent.Traffic;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private final Differences differences = new Differences();

  private static Traffic.OfApp app(String name, long well, long bytes, long connections) {
    return new Traffic.OfApp(
        name, List.of(0L, well), bytes, bytes, 0, connections, 3 * well, List.of(0L, 0L, 0L, well));
  }

  private Map<String, Tally> told(String start, Traffic.OfApp... apps) {
    return differences.of("n-1", new Traffic(start, List.of(apps)));
  }

  private long requests(String start, Traffic.OfApp... apps) {
    return told(start, apps).values().stream().mapToLong(Tally::requests).sum();
  }

  @Test
  void theFirstReportSaysOnlyWhereCountersStand() {
    assertEquals(0, requests("a-1", app("web", 1_000, 5, 0)));
    assertEquals(7, requests("a-1", app("web", 1_007, 5, 0)));
  }

  @Test
  void anAppThatIsNewSinceThenCountsWhole() {
    assertEquals(0, requests("a-1"));
    assertEquals(3, requests("a-1", app("web", 3, 5, 0)));
  }

  @Test
  void aReportThatCameTwiceCountsOnce() {
    told("a-1");
    assertEquals(3, requests("a-1", app("web", 3, 5, 0)));
    assertEquals(0, requests("a-1", app("web", 3, 5, 0)));
    assertEquals(4, requests("a-1", app("web", 7, 9, 0)));
  }

  @Test
  void anotherStartOfTheAgentBeginsAtZero() {
    told("a-1", app("web", 1_000, 5, 0));
    assertEquals(2, requests("a-2", app("web", 2, 5, 0)));
    assertEquals(1, requests("a-2", app("web", 3, 5, 0)));
  }

  @Test
  void aCounterThatWentDownBeginsAnew() {
    told("a-1", app("web", 1_000, 5_000, 0));
    assertEquals(10, requests("a-1", app("web", 10, 50, 0)));
  }

  @Test
  void connectionsAreWhatIsNowAndNotADifference() {
    told("a-1", app("web", 1, 1, 9));
    assertEquals(
        4, told("a-1", app("web", 2, 1, 4)).getOrDefault("web", new Tally()).connections());
  }

  @Test
  void figuresBeyondReasonAreDropped() {
    told("a-1");
    for (long absurd : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertFalse(told("a-1", app("web", absurd, 1, 0)).containsKey("web"));
      assertFalse(told("a-1", app("web", 1, absurd, 0)).containsKey("web"));
    }
    List<Long> many = Collections.nCopies(5_000, 1L);
    Tally tally =
        told("a-1", new Traffic.OfApp("web", many, 1, 1, 1, 1, 1, many))
            .getOrDefault("web", new Tally());
    assertEquals(Durations.BUCKETS, tally.measured());
  }

  @Test
  void aNodeThatIsGoneIsForgotten() {
    told("a-1", app("web", 5, 5, 0));
    differences.keep(Set.of());
    assertEquals(0, requests("a-1", app("web", 9, 9, 0)));
  }
}
