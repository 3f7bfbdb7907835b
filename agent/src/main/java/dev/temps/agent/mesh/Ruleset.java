package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshSelf;

/**
 * The firewall as text for {@code nft -f}. Pure.
 *
 * <p>All of it is one table of ours, replaced in one transaction. It drops; a packet it lets pass
 * still has to pass whatever else the machine has. Base chains come before other programs' filters.
 */
final class Ruleset {
  private Ruleset() {}

  /** Name of an empty chain that tells whether the table in the kernel is this very text. */
  static String mark(MeshSelf self) {
    return "mark_" + Integer.toHexString(chains(self).hashCode());
  }

  /** The whole transaction. */
  static String render(MeshSelf self) {
    return """
    table inet temps {}
    delete table inet temps
    table inet temps {
      chain %s {}
    %s}
    """
        .formatted(mark(self), chains(self));
  }

  private static String chains(MeshSelf self) {
    return CHAINS
        .replace("POOL", self.pool())
        .replace("NODES", MeshNames.nodes(self).toString())
        .replace("SUBNET", self.subnet())
        .replace("BRIDGE", '"' + MeshNames.BRIDGE + '"')
        .replace("DEVICE", '"' + MeshNames.DEVICE + '"');
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
      # Containers reach containers and the outside. Besides, this machine passes on what two nodes
      # that don't reach each other send one another; WireGuard checks at both who may send what.
      chain through {
        type filter hook forward priority -10; policy accept;
        iifname BRIDGE meta nfproto ipv6 drop
        iifname BRIDGE ip daddr 169.254.0.0/16 drop
        ct state established,related accept
        iifname BRIDGE ip daddr NODES tcp dport { 80, 443 } accept
        iifname BRIDGE ip daddr NODES drop
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
