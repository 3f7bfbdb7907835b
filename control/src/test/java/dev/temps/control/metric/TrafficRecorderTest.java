package dev.temps.control.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.contract.agent.Traffic;
import dev.temps.control.project.AppName;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficRecorderTest extends StoreTest {
  private final FakeTime time = new FakeTime(Instant.parse("2026-11-23T08:00:00Z"));
  private TrafficRecorder recorder;
  private long start;
  private String first;
  private String second;
  private String web;
  private long asked;

  @BeforeEach
  void twoNodesAndAnApp() {
    PaperCluster cluster = new PaperCluster(database);
    first = cluster.join(new PaperMachine(1)).id();
    second = cluster.join(new PaperMachine(2)).id();
    web =
        database.write(handle ->
            ProjectStore.create(
                    handle,
                    AppName.parse("web", null),
                    new ProjectStore.NewIds("p-1", "e-1"),
                    1,
                    time.millis())
                .id());
    recorder = new TrafficRecorder(database, time);
    start = time.millis();
    told(first, "web", 0, 1);
    told(second, "web", 0, 1);
  }

  /** Counters of a node: so many well answered ones, each in so many milliseconds. */
  private void told(String node, String app, long well, int millis) {
    List<Long> durations = new ArrayList<>(Collections.nCopies(millis, 0L));
    durations.add(well);
    recorder.add(
        node,
        new Traffic(
            "a-1",
            List.of(
                new Traffic.OfApp(
                    app,
                    List.of(0L, well, 0L, 0L, 0L, 0L),
                    10 * well,
                    100 * well,
                    0,
                    5,
                    millis * well,
                    durations))));
  }

  private void seconds(int count, int perSecond) {
    for (int i = 0; i < count; i++) {
      asked += perSecond;
      told(first, "web", asked, 4);
      time.advance(Duration.ofSeconds(1));
      recorder.step();
    }
  }

  private List<TrafficRow> rows(Resolution resolution) {
    return database.read(h -> TrafficStore.history(h, web, resolution, start, time.millis() + 1));
  }

  @Test
  void tenSecondsOfReportsAreOneRow() {
    seconds(10, 3);
    seconds(10, 1);
    seconds(5, 9);
    assertEquals(
        List.of(
            new TrafficRow(10, start, web, first, "0 30", 300, 3_000, 0, 5, 120, "0 0 0 0 30"),
            new TrafficRow(
                10, start + 10_000, web, first, "0 10", 100, 1_000, 0, 5, 40, "0 0 0 0 10")),
        rows(Resolution.fine));
  }

  @Test
  void nodesStayApartAndAreAddedUpByWhoReads() {
    told(second, "web", 8, 2);
    seconds(10, 1);
    List<TrafficRow> rows = rows(Resolution.fine);
    assertEquals(2, rows.size());
    Tally all = new Tally();
    rows.forEach(row -> all.addBeside(row.tally()));
    assertEquals(18, all.requests());
    assertEquals(10, all.connections());
    assertEquals(2, all.quantile(0.3));
    assertEquals(4, all.quantile(0.99));
  }

  @Test
  void coarseRowsAreSumsOfFineOnes() {
    seconds(1_800, 2);
    assertEquals(30, rows(Resolution.minute).size());
    assertEquals(2, rows(Resolution.quarter).size());
    Tally quarter = rows(Resolution.quarter).getFirst().tally();
    assertEquals(1_800, quarter.requests());
    assertEquals(1_800, quarter.below(8));
    assertEquals(0, quarter.below(4));
    assertEquals(5, quarter.connections(), "the last, not the sum");
  }

  @Test
  void oldRowsGoAlsoWhenNobodyAsksAnyMore() {
    seconds(60, 1);
    assertEquals(6, rows(Resolution.fine).size());
    for (int i = 0; i < 70; i++) {
      time.advance(Duration.ofMinutes(1));
      recorder.step();
    }
    assertEquals(0, rows(Resolution.fine).size());
    assertEquals(1, rows(Resolution.minute).size());
  }

  @Test
  void whatIsNoAppOfOursIsNotWritten() {
    told(first, "other", 5, 1);
    told("n-none", "web", 5, 1);
    seconds(10, 1);
    assertEquals(1, rows(Resolution.fine).size());
    assertEquals(
        List.of(new TrafficRecorder.Key("web", first)), List.copyOf(recorder.totals().keySet()));
  }

  @Test
  void sumsSinceTheStartGoOnWhileTheAppLives() {
    seconds(25, 2);
    Map<TrafficRecorder.Key, Tally> totals = recorder.totals();
    assertEquals(
        50, totals.getOrDefault(new TrafficRecorder.Key("web", first), new Tally()).requests());
    database.change(h -> ProjectStore.remove(h, ProjectStore.get(h, "web"), time.millis()));
    time.advance(Duration.ofSeconds(10));
    recorder.step();
    assertEquals(Map.of(), recorder.totals());
  }
}
