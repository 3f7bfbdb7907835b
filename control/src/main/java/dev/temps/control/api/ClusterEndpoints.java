package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.CaRotateRequest;
import dev.temps.contract.api.CaView;
import dev.temps.contract.api.MeshRotateRequest;
import dev.temps.contract.api.MeshView;
import dev.temps.contract.api.OperationView;
import dev.temps.contract.api.WhoAmI;
import dev.temps.control.access.Role;
import java.util.List;

/** The cluster as a whole. */
final class ClusterEndpoints {
  private final ApiParts parts;
  private final Views views;

  ClusterEndpoints(ApiParts parts, Views views) {
    this.parts = parts;
    this.views = views;
  }

  List<Endpoint> all() {
    return List.of(
        get("/api/v1/whoami", Role.viewer, this::whoAmI).filtered(),
        get("/api/v1/status", Role.viewer, call -> call.send(views.status(call.grant())))
            .filtered(),
        get("/api/v1/mesh", Role.viewer, this::mesh).filtered(),
        post("/api/v1/mesh/rotation", Role.operator, this::rotate),
        get("/api/v1/authorities", Role.viewer, this::authorities).filtered(),
        post("/api/v1/authorities/rotation", Role.owner, this::rotateAuthority));
  }

  private void whoAmI(Call call) {
    call.send(
        new WhoAmI(
            call.caller().name(),
            call.caller().role().name(),
            parts.cluster().id(),
            TokenEndpoints.projects(call.grant()),
            TokenEndpoints.orZero(call.grant().endsAt())));
  }

  private void rotate(Call call) {
    MeshRotateRequest body = call.body(MeshRotateRequest.class);
    call.sendList(
        OperationView.class,
        parts.keys().rotate(body.node(), call.actor()).stream()
            .map(OperationEndpoints::view)
            .toList());
  }

  private void authorities(Call call) {
    OperationView rotation = parts.ca().running().map(OperationEndpoints::view).orElse(null);
    call.send(new CaView(parts.ca().authorities(), rotation));
  }

  private void rotateAuthority(Call call) {
    CaRotateRequest body = call.body(CaRotateRequest.class);
    call.send(OperationEndpoints.view(parts.ca().rotate(body.without(), call.actor())));
  }

  private void mesh(Call call) {
    MeshView view = parts.mesh().view(parts.nodes().list());
    call.send(view);
  }
}
