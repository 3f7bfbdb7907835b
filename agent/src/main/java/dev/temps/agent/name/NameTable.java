package dev.temps.agent.name;

import dev.temps.agent.mesh.Cidr;
import dev.temps.agent.mesh.MeshNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What happens to packets for services, as text for {@code nft -f}. Pure.
 *
 * <p>All of it is one table of ours, replaced in one transaction, so that a service changes its
 * members between two packets. The kernel remembers to whom a connection was led. That is compared
 * with the present members at every packet the client sends, before the packet's address is
 * translated: a reset then comes from the address the client knows, also where client and member
 * hang on one bridge and the reset is sent past translation.
 */
final class NameTable {
  private final Cidr services;
  private final Set<String> open;
  private final String text;

  private NameTable(Cidr services, List<String> open, String text) {
    this.services = services;
    this.open = Set.copyOf(open);
    this.text = text;
  }

  static NameTable of(List<Serving> services, UdpPorts ports, Here here) {
    List<String> open = new ArrayList<>();
    List<String> selves = new ArrayList<>();
    List<String> served = new ArrayList<>();
    List<String> doors = new ArrayList<>();
    List<String> zones = new ArrayList<>();
    StringBuilder chains = new StringBuilder();
    for (Serving serving : services) {
      String address = Cidr.text(Cidr.address(serving.service().address()));
      serving.kept().forEach(m -> open.add(pair(address, m)));
      serving.kept().stream().filter(here::has).forEach(m -> selves.add(m + " . " + m));
      if (!serving.near().isEmpty()) {
        String chain = "s" + address.substring(address.indexOf('.')).replace('.', '_');
        served.add(address);
        doors.add(address + " : goto " + chain);
        zones.add(address + " : " + zone(serving.near()));
        chains.append(chain(chain, serving.near()));
      }
    }
    return new NameTable(
        here.services(),
        open,
        (SETS + chains + CHAINS + ports.chains(here))
            .replace("OPEN", elements(open))
            .replace("SERVED", elements(served))
            .replace("SELVES", elements(selves.stream().distinct().toList()))
            .replace("  DOORS\n", line("ip daddr vmap", doors))
            .replace("  ZONES\n", line("meta l4proto udp ct original zone set ip daddr map", zones))
            .replace("SERVICES", here.services().toString())
            .replace("GATEWAY", here.self().gateway())
            .replace("BRIDGE", '"' + MeshNames.BRIDGE + '"'));
  }

  /** Name of an empty chain that tells whether the table in the kernel is this very text. */
  String mark() {
    return "mark_" + Integer.toHexString(text.hashCode()) + "_" + text.length();
  }

  /** The whole transaction. */
  String transaction() {
    return """
    table ip temps_names {}
    delete table ip temps_names
    table ip temps_names {
      chain %s {}
    %s}
    """
        .formatted(mark(), text);
  }

  /** Whether a connection was led to who serves no more. */
  boolean cuts(Flow flow) {
    return services.contains(Cidr.address(flow.service()))
        && !open.contains(pair(flow.service(), flow.member()));
  }

  /** Whether connections may have to end that went on with the other table. */
  boolean cutsSomeOf(NameTable before) {
    return !open.containsAll(before.open);
  }

  private static String pair(String service, String member) {
    return service + " . " + member;
  }

  private static String chain(String name, List<String> near) {
    List<String> choices = new ArrayList<>();
    near.forEach(member -> choices.add(choices.size() + " : " + member));
    return """
    chain %s {
      dnat to numgen random mod %d map { %s }
    }
    """
        .formatted(name, choices.size(), String.join(", ", choices));
  }

  /** Another one for other members; any but 0, in which connections are otherwise. */
  private static int zone(List<String> near) {
    return 1 + Math.floorMod(near.hashCode(), 0xFFFF);
  }

  private static String elements(List<String> all) {
    return all.isEmpty() ? "" : "elements = { " + String.join(", ", all) + " }";
  }

  private static String line(String what, List<String> entries) {
    return entries.isEmpty() ? "" : "  " + what + " { " + String.join(", ", entries) + " }\n";
  }

  private static final String SETS =
      """
      # Service and member, for connections that may go on.
      set open {
        type ipv4_addr . ipv4_addr
        OPEN
      }
      set served {
        type ipv4_addr
        SERVED
      }
      # Members that may be led to themselves.
      set selves {
        type ipv4_addr . ipv4_addr
        SELVES
      }
      """;

  private static final String CHAINS =
      """
      # Whoever sends datagrams from one port for ever would be led to its first member for ever: a
      # change of members is another zone, in which the kernel remembers nothing of it.
      chain datagrams {
        ZONES
      }
      chain datagrams_of_containers {
        type filter hook prerouting priority -300; policy accept;
        iifname BRIDGE ip daddr SERVICES goto datagrams
      }
      chain datagrams_of_host {
        type filter hook output priority -300; policy accept;
        ip daddr SERVICES goto datagrams
      }
      # Before translation, of which the kernel knows already where it leads. A member that serves
      # no more may hear from its clients' machines that they are gone.
      chain gate {
        ct state invalid drop
        ip daddr . ct reply ip saddr @open accept
        ct status ! dnat goto choosable
        tcp flags rst accept
        goto refused
      }
      chain choosable {
        ip daddr @served accept
        goto refused
      }
      chain refused {
        meta l4proto tcp reject with tcp reset
        reject
      }
      chain gate_of_containers {
        type filter hook prerouting priority -150; policy accept;
        iifname BRIDGE ip daddr SERVICES goto gate
      }
      chain gate_of_host {
        type filter hook output priority -150; policy accept;
        ip daddr SERVICES goto gate
      }
      chain choose {
        DOORS
      }
      chain containers {
        type nat hook prerouting priority -110; policy accept;
        iifname BRIDGE ip daddr SERVICES goto choose
      }
      chain host {
        type nat hook output priority -110; policy accept;
        ip daddr SERVICES goto choose
      }
      # A container takes nothing from its own address out of the network.
      chain selves_met {
        type nat hook postrouting priority 90; policy accept;
        ct status dnat ct original ip daddr SERVICES ip saddr . ip daddr @selves snat to GATEWAY
      }
      """;
}
