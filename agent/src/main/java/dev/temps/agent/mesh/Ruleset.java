package dev.temps.agent.mesh;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.ProjectSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The firewall as text for {@code nft -f}. Pure.
 *
 * <p>All of it is one table of ours, replaced in one transaction. It drops; a packet it lets pass
 * still has to pass whatever else the machine has. Base chains come before other programs' filters.
 *
 * <p>Projects are kept apart where a packet arrives, whoever sent it: its source address can be
 * trusted. That is looked at before whether the packet belongs to a connection that was let in
 * once, so that what is forbidden now ends now. A reply is let in by the same rule at the other
 * end, because who may talk to whom is the same both ways.
 */
final class Ruleset {
  private final String text;

  private Ruleset(String text) {
    this.text = text;
  }

  /** The rules of a plan. */
  static Ruleset of(WallPlan plan) {
    MeshSelf self = plan.self();
    return new Ruleset(
        (projects(plan) + CHAINS)
            .replace("  PROJECTS\n", plan.projects() == null ? "" : INTO_PROJECTS)
            .replace("  MACHINES\n", machines(plan.machines()))
            .replace("POOL", self.pool())
            .replace("NODES", MeshNames.nodes(self).toString())
            .replace("SUBNET", self.subnet())
            .replace("BRIDGE", '"' + MeshNames.BRIDGE + '"')
            .replace("DEVICE", '"' + MeshNames.DEVICE + '"'));
  }

  /** Name of an empty chain that tells whether the table in the kernel is this very text. */
  String mark() {
    return "mark_" + Integer.toHexString(text.hashCode()) + "_" + text.length();
  }

  /** The whole transaction. */
  String transaction() {
    return """
    table inet temps {}
    delete table inet temps
    table inet temps {
      chain %s {}
    %s}
    """
        .formatted(mark(), text);
  }

  private static String machines(List<String> machines) {
    return machines.isEmpty()
        ? ""
        : "  iifname BRIDGE ip daddr { %s } tcp dport { %d, %d, %d } drop\n"
            .formatted(
                String.join(", ", machines),
                Contract.CONTROL_PORT,
                Contract.AGENT_PORT,
                Contract.PEER_PORT);
  }

  private static final String INTO_PROJECTS = "  oifname BRIDGE meta nfproto ipv4 jump projects\n";

  /** Who of this machine's containers is reached by whom. */
  private static String projects(WallPlan plan) {
    List<ProjectSpec> projects = plan.projects();
    if (projects == null) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    List<String> doors = new ArrayList<>();
    for (Household household : Household.on(plan.self(), projects)) {
      all.append(chain(household));
      household.residents().forEach(a -> doors.add(a + " : goto " + household.chain()));
    }
    String probe = plan.self().probeAddress();
    String vmap = doors.isEmpty() ? "" : "  ip daddr vmap { " + String.join(", ", doors) + " }\n";
    return all
        + """
        # Nodes reach all containers: ingress and health checks. Probes reach each other.
        chain projects {
          ip saddr NODES return
          ip saddr != POOL return
          ip daddr %s ip saddr & 0.0.0.255 == 0.0.0.%s accept
        %s  drop
        }
        """
            .formatted(probe, probe.substring(probe.lastIndexOf('.') + 1), vmap);
  }

  private static String chain(Household household) {
    return """
    set %1$s_guests {
      type ipv4_addr
      elements = { %2$s }
    }
    chain %1$s {
      ip saddr @%1$s_guests accept
      drop
    }
    """
        .formatted(household.chain(), String.join(", ", household.guests()));
  }

  private static final String CHAINS =
      """
      # Nobody speaks with an address that isn't its own.
      chain sources {
        type filter hook prerouting priority -290; policy accept;
        iifname BRIDGE ip saddr != SUBNET drop
        iifname DEVICE ip saddr != POOL drop
        iifname != { "lo", BRIDGE, DEVICE } ip saddr POOL drop
      }
      # Containers reach ingress and names of their machine, other machines what nodes may.
      chain to_host {
        type filter hook input priority -10; policy accept;
        iifname "lo" accept
        iifname BRIDGE meta nfproto ipv6 drop
        ct state established,related accept
        iifname { BRIDGE, DEVICE } tcp dport { 80, 443 } accept
        iifname BRIDGE meta l4proto { tcp, udp } th dport 53 accept
        iifname BRIDGE drop
        iifname DEVICE ip saddr NODES accept
        iifname DEVICE drop
        ip daddr POOL drop
      }
      # Containers reach containers and the outside. The outside reaches a container through a UDP
      # port of this machine that was led to it, and not otherwise. Besides, this machine passes
      # on what two nodes that don't reach each other send one another; WireGuard checks at both who
      # may send what.
      chain through {
        type filter hook forward priority -10; policy accept;
        iifname BRIDGE meta nfproto ipv6 drop
        iifname BRIDGE ip daddr 169.254.0.0/16 drop
        MACHINES
        PROJECTS
        ct state established,related accept
        iifname BRIDGE ip daddr NODES tcp dport { 80, 443 } accept
        iifname BRIDGE ip daddr NODES drop
        iifname != { "lo", BRIDGE, DEVICE } oifname BRIDGE meta l4proto udp ct status dnat accept
        oifname BRIDGE iifname != { BRIDGE, DEVICE } drop
        iifname DEVICE oifname DEVICE ip saddr POOL ip daddr POOL accept
        oifname DEVICE iifname != BRIDGE drop
        iifname DEVICE oifname != BRIDGE drop
        ip daddr POOL oifname != { BRIDGE, DEVICE } drop
      }
      # Never plaintext: the pool is behind the tunnel or nowhere. A relay sends no redirects: there
      # is no shorter way.
      chain from_host {
        type filter hook output priority -10; policy accept;
        ip daddr POOL oifname != { "lo", BRIDGE, DEVICE } drop
        oifname DEVICE icmp type redirect drop
      }
      chain leaving {
        type nat hook postrouting priority 95; policy accept;
        ip saddr SUBNET ip daddr != POOL oifname != { BRIDGE, DEVICE } masquerade
      }
      """;
}
