package dev.temps.control.node;

import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.control.store.Database;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Text;
import java.util.Optional;

/** Opens sessions and keeps what agents then say of their machines. Thread-safe. */
public final class Sessions {
  private final Database database;
  private final NodeDirectory directory;
  private final NodeMonitor monitor;

  /** Sessions of the nodes in {@code directory}. */
  public Sessions(Database database, NodeDirectory directory, NodeMonitor monitor) {
    this.database = database;
    this.directory = directory;
    this.monitor = monitor;
  }

  /**
   * Opens a session for {@code node}, which ends the one before.
   *
   * @param source address the request came from
   * @return the session's id
   * @throws dev.temps.kit.ProblemException when the agent speaks another contract, or what it says
   *     makes no sense
   */
  public String open(Node node, SessionRequest request, String source) {
    Optional<String> odd = RegistrationRules.oddCapacity(request.host());
    HostFacts host =
        odd.isEmpty() ? request.host() : RegistrationRules.sizedAs(node.host(), request.host());
    try {
      RegistrationRules.contract(request.contract());
      RegistrationRules.wireguard(request.wireguardKey(), request.wireguardPort());
      RegistrationRules.endpoints(request.endpoints());
      RegistrationRules.host(host);
    } catch (ProblemException e) {
      monitor.refused(
          node,
          "Its agent (temps %s) is refused: ".formatted(Text.quoted(request.version()))
              + e.problem().line());
      throw e;
    }
    boolean rebooted = node.bootId() != null && !request.bootId().equals(node.bootId());
    keep(node, facts(node, request, host, source));
    String session = monitor.open(node, rebooted, request.bootId(), source);
    odd.ifPresent(what -> monitor.odd(node, what + " What it said before counts on."));
    return session;
  }

  private static Node.Facts facts(
      Node node, SessionRequest request, HostFacts host, String source) {
    return new Node.Facts(
        request.wireguardKey(),
        request.wireguardPort(),
        Endpoints.withSeen(request.endpoints(), source, request.wireguardPort()),
        node.ingress(),
        host,
        request.version(),
        request.contract(),
        request.bootId());
  }

  private void keep(Node node, Node.Facts facts) {
    if (facts.equals(node.facts())) {
      return;
    }
    database.change(handle -> {
      NodeStore.byWireguardKey(handle, facts.wireguardKey())
          .filter(other -> !other.id().equals(node.id()))
          .ifPresent(other -> {
            throw Refusals.wireguardKeyTaken(other.name());
          });
      NodeStore.byId(handle, node.id())
          .ifPresent(fresh -> NodeStore.update(handle, fresh.observed(facts)));
    });
    directory.refresh(node.id());
  }
}
