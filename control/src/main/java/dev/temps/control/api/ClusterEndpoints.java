package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.contract.api.EventView;
import dev.temps.contract.api.MeshView;
import dev.temps.contract.api.WhoAmI;
import dev.temps.control.access.Role;
import dev.temps.control.event.Event;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.project.ProjectStore;
import java.util.List;

/** The cluster as a whole. */
final class ClusterEndpoints {
  private static final int EVENTS = 100;
  private static final int EVENTS_MAX = 1_000;

  private final ApiParts parts;
  private final Views views;

  ClusterEndpoints(ApiParts parts, Views views) {
    this.parts = parts;
    this.views = views;
  }

  List<Endpoint> all() {
    return List.of(
        get("/api/v1/whoami", Role.viewer, this::whoAmI),
        get("/api/v1/status", Role.viewer, call -> call.send(views.status())),
        get("/api/v1/mesh", Role.viewer, this::mesh),
        get("/api/v1/events", Role.viewer, this::events));
  }

  private void whoAmI(Call call) {
    call.send(new WhoAmI(call.caller().name(), call.caller().role().name(), parts.cluster().id()));
  }

  private void mesh(Call call) {
    MeshView view = parts.mesh().view(parts.nodes().list());
    call.send(view);
  }

  private void events(Call call) {
    int limit = call.number("limit", 1, EVENTS_MAX, EVENTS);
    String app = call.query("app");
    String node = call.query("node");
    String nodeId = node == null ? null : parts.nodes().find(node).id();
    List<EventView> views =
        parts
            .database()
            .read(handle -> {
              String subject =
                  app == null ? null : ProjectStore.find(handle, app).map(e -> e.app()).orElse(app);
              return EventStore.list(handle, subject, nodeId, limit).stream()
                  .map(event -> view(handle, event))
                  .toList();
            });
    call.sendList(EventView.class, views);
  }

  private static EventView view(org.jdbi.v3.core.Handle handle, Event event) {
    String nodeId = event.nodeId();
    String node =
        nodeId == null ? null : NodeStore.byId(handle, nodeId).map(Node::name).orElse(nodeId);
    return new EventView(
        event.id(), event.at(), event.kind(), event.subject(), node, event.reason());
  }
}
