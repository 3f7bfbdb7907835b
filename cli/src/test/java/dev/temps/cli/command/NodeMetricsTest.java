package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.cli.output.Sparkline;
import dev.temps.contract.api.MetricPoint;
import dev.temps.contract.api.NodeMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine used over time, to the letter. */
class NodeMetricsTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private String shows(List<MetricPoint> points) {
    String from = Person.NOW.minus(Duration.ofHours(1)).toString().replace(":", "%3A");
    control.on(
        "GET /api/v1/nodes/w-1/metrics?from=" + from,
        new NodeMetrics("w-1", 10, 2_000, 4L << 30, 40L << 30, points));
    Person.Seen seen = new Person(home).at(control).runs("node", "metrics", "w-1");
    assertEquals(0, seen.exit(), seen.err());
    return seen.out() + seen.err();
  }

  @Test
  void aMachinesUsageIsACurveAndItsFigures() {
    List<MetricPoint> points =
        IntStream.range(0, 20)
            .mapToObj(i ->
                new MetricPoint(
                    Person.ago(Duration.ofSeconds(3_600 - 90L * i)),
                    100L * i,
                    1L << 30,
                    20L << 30,
                    i / 10.0,
                    2))
            .toList();
    assertEquals(
        """
        WHAT    LAST    MEAN    MOST    OF      FROM 60m AGO
        cpu     1.9     0.95    1.9     2       |▁▁▂▂▂▃▃▃▄▄▅▅▅▆▆▆▇▇▇█                    |
        memory  1 GiB   1 GiB   1 GiB   4 GiB   |▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃                    |
        disk    20 GiB  20 GiB  20 GiB  40 GiB  |▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅                    |
        load    1.90    0.95    1.90    -       |▁▁▂▂▂▃▃▄▄▄▅▅▅▆▆▇▇▇██                    |
        """,
        shows(points));
  }

  @Test
  void aMachineThatWasNotHeardOfSaysSo() {
    assertEquals("Nothing was heard of w-1 in that time.\n", shows(List.of()));
  }

  @Test
  void aCurveStaysBetweenItsLevels() {
    List<OptionalDouble> values =
        List.of(
            OptionalDouble.of(-1),
            OptionalDouble.of(0),
            OptionalDouble.empty(),
            OptionalDouble.of(5),
            OptionalDouble.of(99));
    assertEquals("▁▁ █", Sparkline.of(values.subList(0, 4), 5));
    assertEquals("▁▁ ▅█", Sparkline.of(values, 10));
    assertEquals("▁▁ ▁▁", Sparkline.of(values, 0));
  }
}
