package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.put;

import dev.temps.contract.api.ExposeRequest;
import dev.temps.contract.api.PortView;
import dev.temps.control.access.Role;
import dev.temps.control.port.ExposedPort;
import dev.temps.control.port.ExposedPorts;
import java.util.List;

/** Ports of machines that lead to apps. Who is held to projects exposes only those. */
final class PortEndpoints {
  private static final String PORTS = "/api/v1/ports";
  private static final String PORT = PORTS + "/{protocol}/{port}";

  private final ExposedPorts ports;

  PortEndpoints(ApiParts parts) {
    this.ports = parts.ports();
  }

  List<Endpoint> all() {
    return List.of(
        get(PORTS, Role.viewer, this::list).filtered(),
        put(PORT, Role.developer, this::expose).filtered(),
        delete(PORT, Role.developer, this::remove).filtered());
  }

  private void list(Call call) {
    call.sendList(
        PortView.class, ports.list(call.grant()).stream().map(PortEndpoints::view).toList());
  }

  private void expose(Call call) {
    ExposeRequest request = call.body(ExposeRequest.class);
    ExposedPort port =
        ports.expose(call.path("protocol"), call.path("port"), request, call.grant(), call.actor());
    call.send(view(port));
  }

  private void remove(Call call) {
    ports.remove(call.path("protocol"), call.path("port"), call.grant(), call.actor());
    call.sendNothing();
  }

  private static PortView view(ExposedPort port) {
    return new PortView(
        port.protocol().name(),
        port.port(),
        port.app(),
        port.project(),
        port.target(),
        port.createdBy(),
        port.createdAt());
  }
}
