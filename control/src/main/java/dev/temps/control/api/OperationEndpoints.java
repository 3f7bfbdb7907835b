package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.OperationView;
import dev.temps.control.access.Role;
import dev.temps.control.operation.Operation;
import java.util.List;

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
        get(OPERATIONS, Role.viewer, this::list),
        get(
            OPERATIONS + "/{id}",
            Role.viewer,
            call -> call.send(view(parts.operations().get(call.path("id"))))),
        post(
            OPERATIONS + "/{id}/cancel",
            Role.operator,
            call -> call.send(view(parts.operations().cancel(call.path("id"), call.actor())))));
  }

  private void list(Call call) {
    int limit = call.number("limit", 1, LIMIT_MAX, LIMIT);
    call.sendList(
        OperationView.class,
        parts.operations().list(limit).stream().map(OperationEndpoints::view).toList());
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
        o.createdBy(),
        o.createdAt(),
        o.updatedAt(),
        o.finishedAt());
  }
}
