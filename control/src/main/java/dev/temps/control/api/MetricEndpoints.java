package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.contract.api.MetricPoint;
import dev.temps.contract.api.NodeMetrics;
import dev.temps.control.access.Role;
import dev.temps.control.metric.MetricRow;
import dev.temps.control.metric.MetricStore;
import dev.temps.control.node.Node;
import dev.temps.kit.Exposition;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What nodes used over time, and the control plane's figures for a collector. */
final class MetricEndpoints {
  /** Where collectors look by habit. */
  static final String PAGE = "/metrics";

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
    Span span = Span.of(call, parts.time().millis());
    List<MetricRow> rows =
        parts
            .database()
            .read(
                h -> MetricStore.history(h, node.id(), span.resolution(), span.from(), span.to()));
    call.send(
        new NodeMetrics(
            node.name(),
            span.stepSeconds(),
            node.host().cpuMillis(),
            node.host().memoryBytes(),
            node.host().diskBytes(),
            rows.stream().map(MetricEndpoints::point).toList()));
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
