package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.contract.api.AuditView;
import dev.temps.contract.api.EventView;
import dev.temps.control.access.Role;
import dev.temps.control.audit.AuditEntry;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.Event;
import dev.temps.control.event.EventQuery;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What happened, and who did it: newest first, page by page. */
final class HistoryEndpoints {
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1_000;

  private final ApiParts parts;

  HistoryEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    return List.of(
        get("/api/v1/events", Role.viewer, this::events).filtered(),
        get("/api/v1/audit", Role.operator, this::audit));
  }

  private void events(Call call) {
    int limit = call.number("limit", 1, LIMIT_MAX, LIMIT);
    String app = call.query("app");
    String node = call.query("node");
    String nodeId = node == null ? null : parts.nodes().find(node).id();
    Long since = call.moment("since");
    List<EventView> views =
        parts
            .database()
            .read(handle -> {
              String subject =
                  app == null ? null : ProjectStore.find(handle, app).map(e -> e.app()).orElse(app);
              EventQuery query =
                  new EventQuery(
                      subject, nodeId, apps(handle, call), since, call.query("before"), limit);
              return EventStore.list(handle, query).stream().map(e -> view(handle, e)).toList();
            });
    call.sendList(EventView.class, views);
  }

  /** Names of all apps the caller's projects have or had; null for no limit. */
  static @Nullable Set<String> apps(Handle handle, Call call) {
    return call.grant().everywhere()
        ? null
        : ProjectStore.ofProjects(handle, call.grant().projects()).stream()
            .map(Environment::app)
            .collect(Collectors.toSet());
  }

  private static EventView view(Handle handle, Event event) {
    String nodeId = event.nodeId();
    String node =
        nodeId == null ? null : NodeStore.byId(handle, nodeId).map(Node::name).orElse(nodeId);
    return new EventView(
        event.id(), event.at(), event.kind(), event.subject(), node, event.reason());
  }

  private void audit(Call call) {
    int limit = call.number("limit", 1, LIMIT_MAX, LIMIT);
    Long since = call.moment("since");
    List<AuditEntry> found =
        parts
            .database()
            .read(handle ->
                AuditLog.list(handle, call.query("actor"), since, call.query("before"), limit));
    call.sendList(
        AuditView.class,
        found.stream()
            .map(e ->
                new AuditView(
                    e.id(), e.at(), e.actor(), e.source(), e.action(), e.subject(), e.outcome()))
            .toList());
  }
}
