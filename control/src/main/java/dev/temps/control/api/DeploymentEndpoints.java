package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.api.DeploymentView;
import dev.temps.control.access.Role;
import dev.temps.control.deployment.Deployment;
import java.util.List;

/** Releases. */
final class DeploymentEndpoints {
  private static final String ALL = "/api/v1/deployments";

  private final ApiParts parts;
  private final Views views;

  DeploymentEndpoints(ApiParts parts, Views views) {
    this.parts = parts;
    this.views = views;
  }

  List<Endpoint> all() {
    return List.of(
        post(ALL, Role.developer, this::deploy).filtered(),
        post(ALL + "/plan", Role.developer, this::plan).filtered(),
        get(ALL, Role.viewer, this::list).filtered(),
        get(ALL + "/{id}", Role.viewer, this::show).filtered());
  }

  private void deploy(Call call) {
    DeployRequest body = call.body(DeployRequest.class);
    Walls.project(call.caller(), body.project());
    Deployment made = parts.deployer().deploy(body, call.actor());
    call.sendCreated(views.deployment(made.id(), call.grant()));
  }

  private void plan(Call call) {
    DeployRequest body = call.body(DeployRequest.class);
    Walls.project(call.caller(), body.project());
    call.send(parts.deployer().plan(body, call.actor()));
  }

  private void list(Call call) {
    call.sendList(DeploymentView.class, views.deployments(call.query("app"), call.grant()));
  }

  private void show(Call call) {
    call.send(views.deployment(call.path("id"), call.grant()));
  }
}
