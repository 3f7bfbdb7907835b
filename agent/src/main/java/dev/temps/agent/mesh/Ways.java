package dev.temps.agent.mesh;

import dev.temps.contract.agent.PeerSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Through which peer this node speaks to each of its peers. A relay is only over peers that are
 * reached directly, so packets never go round in circles; an order that says otherwise is taken for
 * the direct way. Immutable.
 */
final class Ways {
  private final Map<String, PeerSpec> byNode;
  private final Map<String, List<String>> addresses = new HashMap<>();

  /** Ways to these peers. */
  Ways(Collection<PeerSpec> peers) {
    byNode =
        peers.stream()
            .collect(Collectors.toMap(PeerSpec::nodeId, Function.identity(), (a, _) -> a));
    for (PeerSpec peer : peers) {
      List<String> taken =
          addresses.computeIfAbsent(relay(peer).orElse(peer).nodeId(), _ -> new ArrayList<>());
      taken.add(peer.address() + "/32");
      taken.add(peer.subnet());
    }
  }

  /** The peer in between; empty for the direct way. */
  Optional<PeerSpec> relay(PeerSpec peer) {
    return Optional.ofNullable(peer.via())
        .map(byNode::get)
        .filter(relay -> relay.via() == null && !relay.nodeId().equals(peer.nodeId()));
  }

  /** Whose packets come through this peer: its own, and those it passes on. */
  List<String> allowedIps(PeerSpec peer) {
    return addresses.getOrDefault(peer.nodeId(), List.of());
  }
}
