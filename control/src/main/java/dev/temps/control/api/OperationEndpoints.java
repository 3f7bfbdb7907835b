package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.OperationView;
import dev.temps.control.access.Role;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationQuery;
import dev.temps.control.operation.Operations;
import java.util.List;
import java.util.Set;

/** Long work: list, show, cancel. */
final class OperationEndpoints {
  private static final String OPERATIONS = "/api/v1/operations";
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1_000;

  private final ApiParts parts;

  OperationEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    return List.of(
        get(OPERATIONS, Role.viewer, this::list).filtered(),
        get(OPERATIONS + "/{id}", Role.viewer, this::show).filtered(),
        post(OPERATIONS + "/{id}/cancel", Role.developer, this::cancel).filtered());
  }

  private void list(Call call) {
    int limit = call.number("limit", 1, LIMIT_MAX, LIMIT);
    Set<String> apps = parts.database().read(handle -> HistoryEndpoints.apps(handle, call));
    OperationQuery query =
        new OperationQuery(
            call.query("kind"), call.query("subject"), call.flag("unfinished"), apps, limit);
    call.sendList(
        OperationView.class,
        parts.operations().list(query).stream().map(OperationEndpoints::view).toList());
  }

  private void show(Call call) {
    call.send(view(seen(call)));
  }

  /** What concerns an app is its developers' to end; what concerns the cluster is not. */
  private void cancel(Call call) {
    Operation operation = seen(call);
    if (!Kinds.OF_APPS.contains(operation.kind())) {
      call.caller().must(Role.operator);
    }
    call.send(view(parts.operations().cancel(operation.id(), call.actor())));
  }

  /** One that callers held to projects can't see is not there. */
  private Operation seen(Call call) {
    Operation operation = parts.operations().get(call.path("id"));
    Set<String> apps = parts.database().read(handle -> HistoryEndpoints.apps(handle, call));
    boolean own = Kinds.OF_APPS.contains(operation.kind());
    if (apps == null || (own && apps.contains(operation.subjectName()))) {
      return operation;
    }
    throw Operations.unknown(operation.id()).raise();
  }

  static OperationView view(Operation o) {
    return new OperationView(
        o.id(),
        o.kind(),
        o.subjectName(),
        o.state().name(),
        o.step(),
        o.done(),
        o.total(),
        o.reason(),
        o.deadlineAt(),
        o.cancelAskedBy(),
        o.createdBy(),
        o.createdAt(),
        o.updatedAt(),
        o.finishedAt());
  }
}
