package dev.temps.control.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Usage;
import dev.temps.control.node.Node;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricRecorderTest extends StoreTest {
  private final FakeTime time = new FakeTime(Instant.parse("2026-11-23T08:00:00Z"));
  private MetricRecorder recorder;
  private long start;
  private String node;

  @BeforeEach
  void oneNode() {
    Node joined = new PaperCluster(database).join(new PaperMachine(1));
    node = joined.id();
    recorder = new MetricRecorder(database, time);
    start = time.millis();
  }

  private void reports(int seconds, long cpu) {
    for (int i = 0; i < seconds; i++) {
      recorder.add(node, new Usage(cpu, 1L << 40, 2, 3, 0.5));
      time.advance(Duration.ofSeconds(1));
      recorder.step();
    }
  }

  private List<MetricRow> rows(Resolution resolution) {
    return database.read(h -> MetricStore.history(h, node, resolution, start, time.millis() + 1));
  }

  @Test
  void tenSecondsOfReportsAreOneRow() {
    reports(10, 100);
    reports(10, 300);
    reports(5, 900);
    assertEquals(
        List.of(
            new MetricRow(10, start, node, 100, 1L << 40, 2, 500, 3, 10),
            new MetricRow(10, start + 10_000, node, 300, 1L << 40, 2, 500, 3, 10)),
        rows(Resolution.fine));
  }

  @Test
  void minutesAndQuartersAreMadeOfThem() {
    reports(1_800, 100);
    assertEquals(30, rows(Resolution.minute).size());
    assertEquals(2, rows(Resolution.quarter).size());
    assertEquals(900, rows(Resolution.quarter).getFirst().samples());
    assertEquals(100, rows(Resolution.quarter).getFirst().cpuMillis());
  }

  @Test
  void fineRowsGoAfterAnHourAndCoarseOnesStay() {
    reports(60, 100);
    time.advance(Duration.ofMinutes(61));
    recorder.step();
    reports(30, 100);
    assertEquals(3, rows(Resolution.fine).size(), "the first minute's are gone");
    assertEquals(1, rows(Resolution.minute).size());
  }

  @Test
  void aRestartInTheMiddleLosesNoMinute() {
    reports(90, 100);
    recorder = new MetricRecorder(database, time);
    time.advance(Duration.ofMinutes(3));
    recorder.step();
    reports(60, 200);
    List<Long> minutes = rows(Resolution.minute).stream().map(MetricRow::at).toList();
    assertEquals(List.of(start, start + 60_000), minutes.subList(0, 2));
    assertTrue(minutes.size() <= 3, minutes::toString);
  }

  @Test
  void aClockThatIsSetBackWritesNothingTwice() {
    reports(20, 100);
    time.advance(Duration.ofSeconds(-20));
    reports(20, 900);
    assertTrue(rows(Resolution.fine).stream().allMatch(r -> r.samples() <= 10));
    assertEquals(100, rows(Resolution.fine).getFirst().cpuMillis());
  }
}
