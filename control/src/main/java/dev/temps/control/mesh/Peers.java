package dev.temps.control.mesh;

import dev.temps.contract.agent.PeerSpec;
import dev.temps.control.node.MeshNumbers;
import dev.temps.control.node.Node;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What nodes must know of each other. Pure. */
public final class Peers {
  private static final int NAT_KEEPALIVE_SECONDS = 25; // below every common NAT's 30 s for UDP

  private Peers() {}

  /** A node as every other must know it. */
  public static PeerSpec spec(Node node, boolean ready, KeyTurns turns) {
    return new PeerSpec(
        node.id(),
        node.name(),
        node.wireguardKey(),
        node.meshAddress(),
        node.subnet(),
        node.endpoints(),
        MeshNumbers.probeAddress(node.meshIndex()),
        natted(node) ? NAT_KEEPALIVE_SECONDS : 0,
        ready,
        null,
        turns.nextKey(node.id(), node.wireguardKey()));
  }

  /** All nodes as peers, in the order of their mesh numbers. */
  public static List<PeerSpec> roster(
      Collection<Node> nodes, Predicate<Node> ready, KeyTurns turns) {
    return nodes.stream()
        .sorted(Comparator.comparingInt(Node::meshIndex))
        .map(n -> spec(n, ready.test(n), turns))
        .toList();
  }

  /**
   * The roster as one node must see it: without itself, with its ways to the others, and with
   * keepalives to everybody when it sits behind a NAT itself.
   */
  public static List<PeerSpec> seenBy(Node self, List<PeerSpec> roster, Paths paths) {
    boolean natted = natted(self);
    return roster.stream()
        .filter(p -> !p.nodeId().equals(self.id()))
        .map(p ->
            seen(
                p,
                natted ? NAT_KEEPALIVE_SECONDS : p.keepaliveSeconds(),
                paths.via(self.id(), p.nodeId())))
        .toList();
  }

  private static PeerSpec seen(PeerSpec p, int keepaliveSeconds, @Nullable String via) {
    return new PeerSpec(
        p.nodeId(),
        p.name(),
        p.publicKey(),
        p.address(),
        p.subnet(),
        p.endpoints(),
        p.probeAddress(),
        keepaliveSeconds,
        p.ready(),
        via,
        p.nextKey());
  }

  /** Whether others see the node under an address that is not one of its own interfaces'. */
  static boolean natted(Node node) {
    List<String> own = node.host().addresses();
    return !own.isEmpty()
        && node.endpoints().stream().anyMatch(e -> own.stream().noneMatch(a -> sameHost(e, a)));
  }

  private static boolean sameHost(String endpoint, String address) {
    return endpoint.startsWith(address + ":") || endpoint.startsWith("[" + address + "]:");
  }
}
