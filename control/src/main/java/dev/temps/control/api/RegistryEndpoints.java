package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.put;

import dev.temps.contract.api.RegistryRequest;
import dev.temps.contract.api.RegistryView;
import dev.temps.control.access.Role;
import dev.temps.control.image.Registries;
import dev.temps.control.image.Registries.Registry;
import dev.temps.kit.Secret;
import java.util.List;

/** Credentials of registries. The password goes in and never out. */
final class RegistryEndpoints {
  private static final String ALL = "/api/v1/registries";
  private static final String ONE = ALL + "/{host}";

  private final ApiParts parts;

  RegistryEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    return List.of(
        get(ALL, Role.viewer, this::list).filtered(),
        get(ONE, Role.viewer, this::show).filtered(),
        put(ONE, Role.operator, this::keep),
        delete(ONE, Role.operator, this::remove));
  }

  private void list(Call call) {
    List<Registry> all = parts.database().read(parts.registries()::list);
    call.sendList(RegistryView.class, all.stream().map(RegistryEndpoints::view).toList());
  }

  private void show(Call call) {
    String host = Registries.host(call.path("host"));
    call.send(view(parts.database().read(h -> parts.registries().get(h, host))));
  }

  private void keep(Call call) {
    String host = Registries.host(call.path("host"));
    RegistryRequest body = call.body(RegistryRequest.class);
    Registry kept =
        parts
            .database()
            .write(handle -> {
              parts.audit().done(handle, call.actor(), "registry.login", host);
              return parts
                  .registries()
                  .put(
                      handle,
                      host,
                      body.username(),
                      new Secret(body.password()),
                      parts.time().millis());
            });
    parts.changes().changed();
    call.send(view(kept));
  }

  private void remove(Call call) {
    String host = Registries.host(call.path("host"));
    parts
        .database()
        .change(handle -> {
          parts.registries().remove(handle, host);
          parts.audit().done(handle, call.actor(), "registry.logout", host);
        });
    parts.changes().changed();
    call.sendNothing();
  }

  private static RegistryView view(Registry registry) {
    return new RegistryView(registry.host(), registry.username(), registry.updatedAt());
  }
}
