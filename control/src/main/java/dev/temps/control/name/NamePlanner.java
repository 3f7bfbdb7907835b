package dev.temps.control.name;

import dev.temps.contract.agent.ServiceSpec;
import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.Release;
import dev.temps.control.deployment.Replica;
import dev.temps.control.port.ExposedPort;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which replicas stand behind which name. Pure. */
final class NamePlanner {
  private NamePlanner() {}

  /**
   * All services by project and name; an app that has no address yet has no name either.
   *
   * @param addresses by the app's id
   * @param udp ports of the nodes that lead to an app, by its id
   * @param zones by the node's id
   */
  static List<ServiceSpec> services(
      List<AppState> apps,
      Map<String, String> addresses,
      Map<String, List<ExposedPort>> udp,
      Map<String, Optional<String>> zones) {
    return apps.stream()
        .filter(state -> addresses.containsKey(state.app().id()))
        .map(state ->
            new ServiceSpec(
                state.app().app(),
                state.app().project(),
                addresses.getOrDefault(state.app().id(), ""),
                members(state, udp.getOrDefault(state.app().id(), List.of()), zones)))
        .sorted(Comparator.comparing(ServiceSpec::project).thenComparing(ServiceSpec::name))
        .toList();
  }

  private static List<ServiceSpec.Member> members(
      AppState state, List<ExposedPort> udp, Map<String, Optional<String>> zones) {
    Predicate<Replica> reachable = r -> !state.down().contains(r.nodeId());
    Stream<ServiceSpec.Member> leading =
        state.leading().stream()
            .flatMap(release ->
                release.spokenTo(reachable).stream().map(r -> member(r, release, udp, zones)));
    Stream<ServiceSpec.Member> joining =
        state.joining().stream()
            .filter(reachable)
            .map(r -> member(r, state.starting().orElseThrow(), udp, zones));
    return Stream.concat(leading, joining)
        .sorted(Comparator.comparing(ServiceSpec.Member::id))
        .toList();
  }

  private static ServiceSpec.Member member(
      Replica replica,
      Release release,
      List<ExposedPort> udp,
      Map<String, Optional<String>> zones) {
    return new ServiceSpec.Member(
        replica.id(),
        replica.address(),
        replica.nodeId(),
        zones.getOrDefault(replica.nodeId(), Optional.empty()).orElse(null),
        ports(udp, release));
  }

  /** Releases may serve on different ports while one takes over from the other. */
  private static @Nullable List<ServiceSpec.UdpPort> ports(List<ExposedPort> udp, Release release) {
    if (udp.isEmpty()) {
      return null; // names of a cluster without such ports stay as they were, to the letter
    }
    int served = release.deployment().parsed().port();
    return udp.stream()
        .map(p -> new ServiceSpec.UdpPort(p.port(), p.target() == null ? served : p.target()))
        .toList();
  }
}
