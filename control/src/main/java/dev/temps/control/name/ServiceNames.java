package dev.temps.control.name;

import dev.temps.contract.agent.ServiceSpec;
import dev.temps.control.deployment.AppStates;
import dev.temps.control.deployment.Fleet;
import dev.temps.control.deployment.Member;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.node.Node;
import dev.temps.control.port.PortStore;
import dev.temps.control.port.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads what the names are made from. The same rows give the same list. Thread-safe. */
public final class ServiceNames {
  private final AppStates states;
  private final Fleet fleet;

  /** Names of the apps of {@code states} on the nodes of {@code fleet}. */
  public ServiceNames(AppStates states, Fleet fleet) {
    this.states = states;
    this.fleet = fleet;
  }

  /** All services by project and name. */
  public List<ServiceSpec> all(Handle handle, long nowMillis) {
    return NamePlanner.services(
        states.all(handle, nowMillis),
        ServiceAddresses.all(handle),
        PortStore.byApp(handle, Protocol.udp),
        fleet.members(handle).stream()
            .map(Member::node)
            .collect(Collectors.toMap(Node::id, n -> Optional.ofNullable(n.zone()))));
  }
}
