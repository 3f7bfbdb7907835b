package dev.temps.agent.name;

import dev.temps.agent.mesh.Cidr;
import dev.temps.agent.mesh.MeshNames;
import dev.temps.contract.agent.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * UDP ports of this machine that lead to containers on it, as chains of the names' table. Pure.
 *
 * <p>Only what comes from outside is led, so that walls between containers stay what they are, and
 * only to this machine, so that the container sees who sent it. Where nobody serves there is no
 * rule: the machine answers as for any port nobody listens on.
 *
 * <p>The kernel remembers where a sender's datagrams went for as long as they keep coming. Each
 * target is a zone of that memory: whoever is led elsewhere now isn't known there yet. A sender's
 * address and port choose its target, both times alike, so that those whose target stays are
 * neither moved nor given another port.
 */
final class UdpPorts {
  private final SortedMap<Integer, List<String>> targets;

  private UdpPorts(SortedMap<Integer, List<String>> targets) {
    this.targets = targets;
  }

  /** Those that lead to containers which serve here. */
  static UdpPorts of(List<Serving> services, Here here) {
    SortedMap<Integer, List<String>> targets = new TreeMap<>();
    for (Serving serving : services) {
      for (ServiceSpec.Member member : serving.service().members()) {
        for (ServiceSpec.UdpPort udp : member.exposed()) {
          String address = Cidr.text(Cidr.address(member.address()));
          boolean serves = here.has(address) && serving.healthy().contains(address);
          // What this machine hears of the mesh on is never given away, whoever says so.
          if (serves && udp.port() != here.self().port()) {
            targets
                .computeIfAbsent(udp.port(), _ -> new ArrayList<>())
                .add(address + ":" + udp.target());
          }
        }
      }
    }
    return new UdpPorts(targets);
  }

  /** Their numbers. */
  Set<Integer> numbers() {
    return Set.copyOf(targets.keySet());
  }

  /** All but those. */
  UdpPorts without(Set<Integer> numbers) {
    SortedMap<Integer, List<String>> left = new TreeMap<>(targets);
    left.keySet().removeAll(numbers);
    return new UdpPorts(left);
  }

  /** The chains; empty when no port leads anywhere here. */
  String chains(Here here) {
    if (targets.isEmpty()) {
      return "";
    }
    StringBuilder chains = new StringBuilder();
    List<String> zones = new ArrayList<>();
    List<String> doors = new ArrayList<>();
    targets.forEach((port, of) -> {
      String chain = "udp_" + port;
      chains.append(chain(chain + "_zone", of, target -> "ct original zone set " + zone(target)));
      chains.append(chain(chain, of, target -> "dnat to " + target));
      zones.add(port + " : goto " + chain + "_zone");
      doors.add(port + " : goto " + chain);
    });
    return (chains + CHAINS)
        .replace("ZONES", String.join(", ", zones))
        .replace("DOORS", String.join(", ", doors))
        .replace("POOL", here.self().pool())
        .replace("INSIDE", "\"lo\", \"%s\", \"%s\"".formatted(MeshNames.BRIDGE, MeshNames.DEVICE));
  }

  private static String chain(String name, List<String> targets, UnaryOperator<String> what) {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < targets.size(); i++) {
      // With a seed of our own: the kernel would take another one for each rule.
      String choice = "jhash ip saddr . udp sport mod %d seed 1 %d ".formatted(targets.size(), i);
      rules.append("  ").append(choice).append(what.apply(targets.get(i))).append("\n");
    }
    return "chain " + name + " {\n" + rules + "}\n";
  }

  /** Another one for another target; any but 0, in which connections are otherwise. */
  private static int zone(String target) {
    return 1 + Math.floorMod(target.hashCode(), 0xFFFF);
  }

  private static final String CHAINS =
      """
      chain datagrams_from_outside {
        type filter hook prerouting priority -300; policy accept;
        iifname != { INSIDE } ip daddr != POOL fib daddr type local udp dport vmap { ZONES }
      }
      chain outside {
        type nat hook prerouting priority -110; policy accept;
        iifname != { INSIDE } ip daddr != POOL fib daddr type local udp dport vmap { DOORS }
      }
      """;
}
