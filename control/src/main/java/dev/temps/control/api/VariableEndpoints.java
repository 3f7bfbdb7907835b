package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.patch;

import dev.temps.contract.api.VariableView;
import dev.temps.contract.api.VariablesChanged;
import dev.temps.contract.api.VariablesPatch;
import dev.temps.control.access.Role;
import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.VariableService;
import dev.temps.control.project.Variable;
import java.util.List;

/** Variables of apps. Values of secrets go in and never out. */
final class VariableEndpoints {
  private static final String ALL = "/api/v1/apps/{app}/variables";

  private final VariableService variables;
  private final Views views;

  VariableEndpoints(ApiParts parts, Views views) {
    this.variables = parts.variables();
    this.views = views;
  }

  List<Endpoint> all() {
    // Plain values are for those who may change them, not for everybody who may look.
    return List.of(
        get(ALL, Role.developer, call -> call.sendList(VariableView.class, of(call.path("app")))),
        patch(ALL, Role.developer, this::change));
  }

  private void change(Call call) {
    String app = call.path("app");
    VariableService.Outcome outcome =
        variables.change(app, call.body(VariablesPatch.class), call.actor());
    Deployment release = outcome.release();
    call.send(
        new VariablesChanged(
            of(app),
            release == null ? null : views.deployment(release.id(), call.grant()),
            outcome.note()));
  }

  private List<VariableView> of(String app) {
    return variables.list(app).stream().map(VariableEndpoints::view).toList();
  }

  private static VariableView view(Variable one) {
    return new VariableView(
        one.name(),
        one.secret(),
        one.secret() ? null : one.value().reveal(),
        one.updatedAt(),
        one.updatedBy());
  }
}
