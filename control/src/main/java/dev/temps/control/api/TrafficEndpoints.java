package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.contract.api.AppTraffic;
import dev.temps.control.access.Role;
import dev.temps.control.metric.TrafficRow;
import dev.temps.control.metric.TrafficStore;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import java.util.List;

/** What apps answered over time. */
final class TrafficEndpoints {
  private final ApiParts parts;

  TrafficEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    return List.of(get("/api/v1/apps/{app}/traffic", Role.viewer, this::ofApp));
  }

  private void ofApp(Call call) {
    long now = parts.time().millis();
    Span span = Span.of(call, now);
    String asked = call.query("node");
    String only = asked == null ? null : parts.nodes().find(asked).id();
    AppTraffic traffic =
        parts
            .database()
            .read(handle -> {
              Environment app = ProjectStore.get(handle, call.path("app"));
              List<TrafficRow> rows =
                  TrafficStore.history(handle, app.id(), span.resolution(), span.from(), span.to());
              return TrafficViews.of(
                  app.app(),
                  span,
                  rows.stream().filter(r -> only == null || r.nodeId().equals(only)).toList(),
                  now,
                  id -> NodeStore.byId(handle, id).map(Node::name).orElse(id));
            });
    call.send(traffic);
  }
}
