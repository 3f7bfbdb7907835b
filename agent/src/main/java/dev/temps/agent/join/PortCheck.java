package dev.temps.agent.join;

import dev.temps.agent.host.PortOwners;
import dev.temps.agent.host.PortOwners.Owner;
import dev.temps.agent.host.SocketTable;
import dev.temps.agent.host.SocketTable.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether the ports a node listens on are free, with the owner of those that are not. */
final class PortCheck {
  private static final int AGENT_API = 7443;
  private static final List<Integer> INGRESS = List.of(80, 443);

  private final Machine machine;
  private final PortOwners owners;

  PortCheck(Machine machine, PortOwners owners) {
    this.machine = machine;
    this.owners = owners;
  }

  List<Finding> findings(boolean ingress) {
    List<Finding> all = new ArrayList<>();
    all.add(
        tcp(
            AGENT_API,
            Bound::everywhere, // we only take it on the mesh address
            "Stop that program or move it to another port: the agent's API needs it."));
    if (ingress) {
      INGRESS.forEach(port ->
          all.add(
              tcp(
                  port,
                  bound -> true,
                  "Stop that program, or join with --no-ingress: then this node takes no users'"
                      + " traffic.")));
    }
    return all;
  }

  private Finding tcp(int port, Predicate<Bound> conflicts, String how) {
    String what = "port " + port + "/tcp";
    List<Optional<Owner>> takers =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(table -> SocketTable.bound(machine.read(table)).stream())
            .filter(bound -> bound.port() == port)
            .filter(conflicts)
            .map(bound -> owners.of(bound.inode()))
            .toList();
    return takers.stream()
        .filter(owner -> owner.filter(PortCheck::ours).isEmpty())
        .findFirst()
        .map(owner -> Finding.bad(what, "It is taken by " + words(owner) + ".", how))
        .orElseGet(
            () -> Finding.good(what, takers.isEmpty() ? "It is free." : "Temps has it already."));
  }

  private static String words(Optional<Owner> owner) {
    return owner.map(Owner::toString).orElse("a process that can't be seen from here");
  }

  /** Our own HAProxy and agent, still running when a machine joins again. */
  private static boolean ours(Owner owner) {
    return owner.command().contains("/var/lib/temps/") || owner.command().contains("/opt/temps/");
  }
}
