package dev.temps.control.ingress;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.AppStates;
import dev.temps.control.deployment.Release;
import dev.temps.control.deployment.ReleaseSettings;
import dev.temps.control.deployment.Replica;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Makes routes from the state of apps. Thread-safe. */
public final class AppRoutes {
  private final AppStates states;
  private final String domain;

  /** Routes for hosts under {@code domain}. */
  public AppRoutes(AppStates states, String domain) {
    this.states = states;
    this.domain = domain;
  }

  /** Routes of all apps, by name. */
  public List<RouteSpec> all(Handle handle, long nowMillis) {
    return states.all(handle, nowMillis).stream().map(this::route).toList();
  }

  /** An app's host names. */
  public List<String> hosts(String app) {
    return List.of(app + "." + domain);
  }

  /** Where people reach an app. */
  public List<String> urls(String app) {
    return hosts(app).stream().map(host -> "http://" + host).toList();
  }

  RouteSpec route(AppState state) {
    Optional<Release> leading = state.leading();
    String app = state.app().app();
    if (leading.isEmpty()) {
      return new RouteSpec(app, hosts(app), List.of(), null);
    }
    ReleaseSettings settings = leading.get().deployment().parsed();
    Stream<RouteSpec.Backend> old =
        backends(leading.get()).stream().map(r -> backend(r, settings.port()));
    Stream<RouteSpec.Backend> joining =
        state.joining().stream()
            .map(r -> backend(r, state.starting().orElseThrow().deployment().parsed().port()));
    List<RouteSpec.Backend> backends =
        Stream.concat(old, joining).sorted(Comparator.comparing(RouteSpec.Backend::id)).toList();
    HealthCheck health = HealthCheck.standard(settings.healthPath());
    return new RouteSpec(app, hosts(app), backends, health);
  }

  private static RouteSpec.Backend backend(Replica replica, int port) {
    return new RouteSpec.Backend(replica.id(), replica.address(), port, replica.nodeId());
  }

  private static List<Replica> backends(Release leading) {
    List<Replica> wanted =
        leading.staying().stream().filter(r -> r.desired() == Desired.running).toList();
    List<Replica> healthy = wanted.stream().filter(Replica::healthy).toList();
    return healthy.isEmpty() ? wanted : healthy;
  }
}
