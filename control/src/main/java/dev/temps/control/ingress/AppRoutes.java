package dev.temps.control.ingress;

import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.RouteSpec.PortSpec;
import dev.temps.contract.agent.SiteSpec;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.AppStates;
import dev.temps.control.deployment.Fleet;
import dev.temps.control.deployment.Member;
import dev.temps.control.deployment.Release;
import dev.temps.control.deployment.ReleaseSettings;
import dev.temps.control.deployment.Replica;
import dev.temps.control.domain.Domain;
import dev.temps.control.domain.DomainStore;
import dev.temps.control.node.Node;
import dev.temps.control.port.ExposedPort;
import dev.temps.control.port.PortStore;
import dev.temps.control.port.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes routes from the state of apps, from domains and exposed ports. Thread-safe. */
public final class AppRoutes {
  private final AppStates states;
  private final Fleet fleet;
  private final CertificateService certificates;
  private final String domain;

  /** Routes for claimed domains and for hosts under {@code domain}. */
  public AppRoutes(AppStates states, Fleet fleet, CertificateService certificates, String domain) {
    this.states = states;
    this.fleet = fleet;
    this.certificates = certificates;
    this.domain = domain;
  }

  /** Routes of all apps, by name. */
  public List<RouteSpec> all(Handle handle, long nowMillis) {
    Predicate<String> trusted = certificates.trusted(handle);
    Map<String, List<SiteSpec>> claimed =
        DomainStore.all(handle).stream()
            .collect(
                Collectors.groupingBy(
                    Domain::environmentId,
                    Collectors.mapping(d -> d.site(trusted.test(d.host())), Collectors.toList())));
    Map<String, Optional<String>> zones =
        fleet.members(handle).stream()
            .map(Member::node)
            .collect(Collectors.toMap(Node::id, n -> Optional.ofNullable(n.zone())));
    Map<String, List<ExposedPort>> ports = PortStore.byApp(handle, Protocol.tcp);
    return states.all(handle, nowMillis).stream()
        .map(s ->
            route(
                s,
                claimed.getOrDefault(s.app().id(), List.of()),
                ports.get(s.app().id()), // null when there are none
                zones))
        .toList();
  }

  /** An app's host name under the cluster's domain. */
  public String host(String app) {
    return app + "." + domain;
  }

  /** Where people reach an app without a domain of its own. */
  public List<String> urls(String app) {
    return List.of("http://" + host(app));
  }

  private RouteSpec route(
      AppState state,
      List<SiteSpec> claimed,
      @Nullable List<ExposedPort> exposed,
      Map<String, Optional<String>> zones) {
    String app = state.app().app();
    List<PortSpec> ports = exposed == null ? null : exposed.stream().map(AppRoutes::port).toList();
    List<SiteSpec> sites = sites(app, claimed);
    List<String> plain = sites.stream().filter(SiteSpec::isPlain).map(SiteSpec::host).toList();
    Optional<Release> leading = state.leading();
    if (leading.isEmpty()) {
      return new RouteSpec(app, plain, List.of(), null, sites, null, ports);
    }
    ReleaseSettings settings = leading.get().deployment().parsed();
    Stream<RouteSpec.Backend> old =
        leading.get().spokenTo(_ -> true).stream().map(r -> backend(r, settings.port(), zones));
    Stream<RouteSpec.Backend> joining =
        state.joining().stream()
            .map(r ->
                backend(r, state.starting().orElseThrow().deployment().parsed().port(), zones));
    List<RouteSpec.Backend> backends =
        Stream.concat(old, joining).sorted(Comparator.comparing(RouteSpec.Backend::id)).toList();
    HealthCheck health = HealthCheck.standard(settings.healthPath());
    return new RouteSpec(app, plain, backends, health, sites, settings.protocol(), ports);
  }

  private static PortSpec port(ExposedPort port) {
    return new PortSpec(port.port(), port.target() == null ? PortSpec.SERVED : port.target());
  }

  /** What was claimed, and its own name unless that was claimed to ask more of visitors. */
  private List<SiteSpec> sites(String app, List<SiteSpec> claimed) {
    SiteSpec own = SiteSpec.plain(host(app));
    boolean replaced = claimed.stream().anyMatch(s -> s.id().equals(own.id()));
    return replaced ? claimed : Stream.concat(Stream.of(own), claimed.stream()).toList();
  }

  private static RouteSpec.Backend backend(
      Replica replica, int port, Map<String, Optional<String>> zones) {
    String zone = zones.getOrDefault(replica.nodeId(), Optional.empty()).orElse(null);
    return new RouteSpec.Backend(replica.id(), replica.address(), port, replica.nodeId(), zone);
  }
}
