package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.contract.api.MetricPoint;
import dev.temps.contract.api.NodeMetrics;
import dev.temps.control.access.Role;
import dev.temps.control.metric.MetricRow;
import dev.temps.control.metric.MetricStore;
import dev.temps.control.metric.Resolution;
import dev.temps.control.node.Node;
import dev.temps.kit.Exposition;
import dev.temps.kit.Problem;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What nodes used over time, and the control plane's figures for a collector. */
final class MetricEndpoints {
  /** Where collectors look by habit. */
  static final String PAGE = "/metrics";

  private static final Duration USUAL = Duration.ofHours(1);
  private static final int POINTS_MAX = 3_000;
  private static final double THOUSAND = 1_000;

  private final ApiParts parts;
  private final Figures figures;

  MetricEndpoints(ApiParts parts, Figures figures) {
    this.parts = parts;
    this.figures = figures;
  }

  List<Endpoint> all() {
    return List.of(
        get("/api/v1/nodes/{node}/metrics", Role.viewer, this::ofNode).filtered(),
        get(PAGE, Role.viewer, this::page));
  }

  private void page(Call call) {
    call.response().header(HeaderNames.CONTENT_TYPE, Exposition.MEDIA_TYPE);
    call.response().send(figures.text().getBytes(StandardCharsets.UTF_8));
  }

  private void ofNode(Call call) {
    Node node = parts.nodes().find(call.path("node"));
    long now = parts.time().millis();
    Long wishedTo = call.moment("to");
    long to = wishedTo == null ? now : wishedTo;
    Long wishedFrom = call.moment("from");
    long from = wishedFrom == null ? to - USUAL.toMillis() : wishedFrom;
    Resolution resolution = resolution(call, Duration.ofMillis(Math.max(0, now - from)));
    long points = (to - from) / resolution.step().toMillis();
    if (from >= to || points > POINTS_MAX) {
      throw Problem.invalid(
              "from",
              from >= to
                  ? "\"from\" is not before \"to\"."
                  : points + " points are too many; at most " + POINTS_MAX + " are sent.",
              "Ask for a shorter time, or a longer step: 10, 60 or 900 seconds.")
          .raise();
    }
    List<MetricRow> rows =
        parts.database().read(h -> MetricStore.history(h, node.id(), resolution, from, to));
    call.send(
        new NodeMetrics(
            node.name(),
            Math.toIntExact(resolution.step().toSeconds()),
            node.host().cpuMillis(),
            node.host().memoryBytes(),
            node.host().diskBytes(),
            rows.stream().map(MetricEndpoints::point).toList()));
  }

  /** What was asked for, or the finest that reaches so far back. */
  private static Resolution resolution(Call call, Duration back) {
    if (call.query("step") == null) {
      return Resolution.reaching(back);
    }
    int step = call.number("step", 1, Integer.MAX_VALUE, 0);
    for (Resolution one : Resolution.values()) {
      if (one.step().toSeconds() == step) {
        return one;
      }
    }
    throw Problem.invalid("step", "There is no step of " + step + " s.", "Use 10, 60 or 900.")
        .raise();
  }

  private static MetricPoint point(MetricRow row) {
    return new MetricPoint(
        row.at(),
        row.cpuMillis(),
        row.memoryBytes(),
        row.diskBytes(),
        row.loadThousandths() / THOUSAND,
        row.containers());
  }
}
