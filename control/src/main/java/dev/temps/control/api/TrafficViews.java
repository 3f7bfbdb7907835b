package dev.temps.control.api;

import dev.temps.contract.api.AppTraffic;
import dev.temps.contract.api.RequestFigures;
import dev.temps.contract.api.TrafficOfNode;
import dev.temps.contract.api.TrafficPoint;
import dev.temps.control.metric.Tally;
import dev.temps.control.metric.TrafficRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shows rows of an app's history as the API's records. Pure. */
final class TrafficViews {
  private static final double SECOND = 1_000;
  private static final double MEDIAN = 0.5;
  private static final double MOST = 0.95;
  private static final double NEARLY_ALL = 0.99;

  private TrafficViews() {}

  /**
   * All of it.
   *
   * @param rows oldest first
   * @param now until when history can be written
   * @param name of a node by its id
   */
  static AppTraffic of(
      String app, Span span, List<TrafficRow> rows, long now, UnaryOperator<String> name) {
    long from = span.resolution().floor(span.from());
    long written = Math.min(span.to(), span.resolution().floor(now));
    double seconds = Math.max(span.stepSeconds(), (written - from) / SECOND);
    Map<String, Tally> nodes = new TreeMap<>();
    Map<Long, Tally> times = new TreeMap<>();
    for (TrafficRow row : rows) {
      nodes.computeIfAbsent(name.apply(row.nodeId()), _ -> new Tally()).addLater(row.tally());
      times.computeIfAbsent(row.at(), _ -> new Tally()).addBeside(row.tally());
    }
    Tally total = new Tally();
    List<TrafficOfNode> ofNodes = new ArrayList<>();
    nodes.forEach((node, tally) -> {
      total.addBeside(tally);
      ofNodes.add(new TrafficOfNode(node, figures(tally, seconds)));
    });
    List<TrafficPoint> points = new ArrayList<>();
    times.forEach(
        (at, tally) -> points.add(new TrafficPoint(at, figures(tally, span.stepSeconds()))));
    return new AppTraffic(
        app, span.stepSeconds(), span.from(), span.to(), figures(total, seconds), ofNodes, points);
  }

  private static RequestFigures figures(Tally tally, double seconds) {
    return new RequestFigures(
        tally.requests(),
        tally.requests() / seconds,
        tally.answers(1),
        tally.answers(2),
        tally.answers(3),
        tally.answers(4),
        tally.answers(5),
        tally.answers(6),
        tally.received(),
        tally.sent(),
        tally.retries(),
        tally.connections(),
        quantile(tally, MEDIAN),
        quantile(tally, MOST),
        quantile(tally, NEARLY_ALL));
  }

  private static @Nullable Long quantile(Tally tally, double share) {
    long millis = tally.quantile(share);
    return millis < 0 ? null : Long.valueOf(millis);
  }
}
