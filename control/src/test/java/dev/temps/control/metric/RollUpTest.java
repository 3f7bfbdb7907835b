package dev.temps.control.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RollUpTest {
  private static MetricRow row(long at, String node, long cpu, int samples) {
    return new MetricRow(10, at, node, cpu, 2 * cpu, 3 * cpu, 4 * cpu, 1, samples);
  }

  @Test
  void aCoarseRowIsTheMeanOfItsSamplesNotOfItsRows() {
    List<MetricRow> rolled =
        RollUp.of(
            List.of(row(60_000, "n-1", 100, 9), row(70_000, "n-1", 200, 1)), Resolution.minute);
    assertEquals(List.of(new MetricRow(60, 60_000, "n-1", 110, 220, 330, 440, 1, 10)), rolled);
  }

  @Test
  void nodesAndIntervalsStayApart() {
    List<MetricRow> rolled =
        RollUp.of(
            List.of(
                row(110_000, "n-1", 1, 1), row(120_000, "n-1", 2, 1), row(120_000, "n-2", 3, 1)),
            Resolution.minute);
    assertEquals(List.of(60_000L, 120_000L, 120_000L), rolled.stream().map(MetricRow::at).toList());
    assertEquals(List.of(1L, 2L, 3L), rolled.stream().map(MetricRow::cpuMillis).toList());
  }

  @Test
  void rollingUpTwiceIsNearlyRollingUpOnce() {
    SplittableRandom random = new SplittableRandom(5);
    List<MetricRow> fine = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      fine.add(row(i * 10_000L, "n-1", random.nextInt(4_000), 1 + random.nextInt(10)));
    }
    MetricRow once = RollUp.of(fine, Resolution.quarter).getFirst();
    MetricRow twice = RollUp.of(RollUp.of(fine, Resolution.minute), Resolution.quarter).getFirst();
    assertTrue(Math.abs(once.cpuMillis() - twice.cpuMillis()) <= 1, once + " " + twice);
    assertEquals(once.samples(), twice.samples());
  }

  @Test
  void theFinestThatReachesBackIsChosen() {
    assertEquals(Resolution.fine, Resolution.reaching(Duration.ofHours(1)));
    assertEquals(Resolution.minute, Resolution.reaching(Duration.ofMinutes(61)));
    assertEquals(Resolution.quarter, Resolution.reaching(Duration.ofDays(2)));
    assertEquals(Resolution.quarter, Resolution.reaching(Duration.ofDays(400)));
    assertEquals(-60_000, Resolution.minute.floor(-1));
  }
}
