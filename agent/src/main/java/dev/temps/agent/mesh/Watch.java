package dev.temps.agent.mesh;

import dev.temps.agent.probe.ProbeSchedule;
import dev.temps.contract.agent.PeerSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose life this node watches closely: the peers that follow it in the ring of node addresses.
 * Every node finds its own without being told, and every node has as many watchers. Pure.
 */
final class Watch {
  private Watch() {}

  /** Ids of the peers to watch; {@code address} is this node's own. */
  static Set<String> of(String address, List<PeerSpec> peers) {
    long own = Cidr.address(address);
    List<PeerSpec> ring =
        peers.stream()
            .filter(PeerSpec::ready)
            .sorted(Comparator.comparingLong(p -> Cidr.address(p.address())))
            .toList();
    Stream<PeerSpec> after = ring.stream().filter(p -> Cidr.address(p.address()) > own);
    Stream<PeerSpec> before = ring.stream().filter(p -> Cidr.address(p.address()) < own);
    return Stream.concat(after, before)
        .limit(ProbeSchedule.WATCHED_MAX)
        .map(PeerSpec::nodeId)
        .collect(Collectors.toSet());
  }
}
