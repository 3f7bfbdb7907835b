package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Since;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Sparkline;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.MetricPoint;
import dev.temps.contract.api.NodeMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps node metrics NODE}. */
@Command(
    name = "metrics",
    description = "Shows what a machine used over time: a curve from nothing to all it has.",
    footer = {"  temps node metrics worker-2", "  temps node metrics worker-2 --since 7d"})
final class NodeMetricsCommand extends NodeCommand.OfNode {
  private static final int WIDTH = 40;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From when on: 10m, 1h (without), 7d, or 2026-11-23T10:00:00Z.")
  private String since = "1h";

  NodeMetricsCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    Instant now = io.time().now();
    Instant from = Since.parse(since, now);
    NodeMetrics metrics = api.nodeMetrics(node(), from.toString());
    if (json) {
      return json(metrics);
    }
    if (metrics.points().isEmpty()) {
      io.progress("Nothing was heard of " + metrics.node() + " in that time.");
      return DONE;
    }
    Curves curves = new Curves(metrics, from.toEpochMilli(), now.toEpochMilli());
    String span = Human.span(Duration.between(from, now));
    Table table = new Table("WHAT", "LAST", "MEAN", "MOST", "OF", "FROM " + span + " AGO");
    curves.row(table, "cpu", MetricPoint::cpuMillis, metrics.cpuMillis(), Curves::cores);
    curves.row(table, "memory", MetricPoint::memoryBytes, metrics.memoryBytes(), Curves::bytes);
    curves.row(table, "disk", MetricPoint::diskBytes, metrics.diskBytes(), Curves::bytes);
    curves.row(table, "load", MetricPoint::load, 0, v -> String.format(Locale.ROOT, "%.2f", v));
    return show(table);
  }

  /** Points sorted into as many equal parts of the time as a line has signs. */
  private record Curves(NodeMetrics metrics, long from, long to) {
    static String cores(double millis) {
      return Human.cores(Math.round(millis));
    }

    static String bytes(double bytes) {
      return Human.bytes(Math.round(bytes));
    }

    /** A row; {@code all} is the curve's top, or 0 to take the greatest value. */
    void row(
        Table table,
        String what,
        ToDoubleFunction<MetricPoint> value,
        long all,
        DoubleFunction<String> shown) {
      DoubleSummaryStatistics sum =
          metrics.points().stream().mapToDouble(value).summaryStatistics();
      table.row(
          what,
          shown.apply(value.applyAsDouble(metrics.points().getLast())),
          shown.apply(sum.getAverage()),
          shown.apply(sum.getMax()),
          all > 0 ? shown.apply((double) all) : "-",
          "|" + Sparkline.of(parts(value), all > 0 ? (double) all : sum.getMax()) + "|");
    }

    private List<OptionalDouble> parts(ToDoubleFunction<MetricPoint> value) {
      List<DoubleSummaryStatistics> parts = new ArrayList<>();
      for (int i = 0; i < WIDTH; i++) {
        parts.add(new DoubleSummaryStatistics());
      }
      for (MetricPoint point : metrics.points()) {
        double share = (double) (point.atMillis() - from) / (double) Math.max(1, to - from);
        int part = Math.clamp((int) (share * WIDTH), 0, WIDTH - 1);
        parts.get(part).accept(value.applyAsDouble(point));
      }
      return parts.stream()
          .map(p -> p.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(p.getMax()))
          .toList();
    }
  }
}
