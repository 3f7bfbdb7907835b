package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.PeerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which peers to change so that the device has exactly those that are wanted. Pure. */
final class PeerPlanner {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");
  private static final Pattern ENDPOINT = Pattern.compile("([0-9.]+|\\[[0-9a-fA-F:.%]+]):\\d{1,5}");

  private static final int RELAYED_KEEPALIVE_SECONDS = 5; // as often as a handshake is tried

  private PeerPlanner() {}

  /**
   * The changes, in an order in which every address has a peer all the while: WireGuard moves an
   * address to the peer that is given it, so those that gain come first. Peers whose figures can't
   * be (no key, an address outside the pool or of this node) are left out.
   *
   * @param wanted what the control plane assigned
   * @param actual what the device has
   */
  static List<PeerChange> plan(MeshSelf self, List<PeerSpec> wanted, List<DevicePeer> actual) {
    Map<String, PeerSpec> byKey =
        wanted.stream()
            .filter(peer -> sound(self, peer))
            .collect(Collectors.toMap(PeerSpec::publicKey, Function.identity(), (a, _) -> a));
    Ways ways = new Ways(byKey.values());
    Map<String, DevicePeer> present =
        actual.stream().collect(Collectors.toMap(DevicePeer::publicKey, Function.identity()));
    List<PeerChange> gains = new ArrayList<>();
    List<PeerChange> losses = new ArrayList<>();
    for (PeerSpec peer : wanted) {
      if (!peer.equals(byKey.get(peer.publicKey()))) {
        continue;
      }
      DevicePeer before = present.get(peer.publicKey());
      if (before == null) {
        String endpoint = candidates(peer).stream().findFirst().orElse(null);
        gains.add(put(peer, ways, endpoint));
      } else if (differs(peer, ways, before)) {
        boolean gain = !before.allowedIps().containsAll(ways.allowedIps(peer));
        (gain ? gains : losses).add(put(peer, ways, null));
      }
    }
    for (DevicePeer peer : actual) {
      if (!byKey.containsKey(peer.publicKey())) {
        losses.add(new PeerChange.Drop(peer.publicKey()));
      }
    }
    gains.addAll(losses);
    return gains;
  }

  /** The endpoints that are addresses; a name would make {@code wg} wait for DNS. */
  static List<String> candidates(PeerSpec peer) {
    return peer.endpoints().stream().filter(e -> ENDPOINT.matcher(e).matches()).distinct().toList();
  }

  private static PeerChange put(PeerSpec peer, Ways ways, @Nullable String endpoint) {
    return new PeerChange.Put(
        peer.publicKey(), endpoint, ways.allowedIps(peer), keepalive(peer, ways));
  }

  private static boolean differs(PeerSpec peer, Ways ways, DevicePeer before) {
    return !before.allowedIps().equals(Set.copyOf(ways.allowedIps(peer)))
        || before.keepaliveSeconds() != keepalive(peer, ways);
  }

  /** A peer that carries nothing is kept trying by its keepalives alone. */
  private static int keepalive(PeerSpec peer, Ways ways) {
    return ways.relay(peer).isPresent() ? RELAYED_KEEPALIVE_SECONDS : peer.keepaliveSeconds();
  }

  private static boolean sound(MeshSelf self, PeerSpec peer) {
    try {
      Cidr subnet = Cidr.parse(peer.subnet());
      return KEY.matcher(peer.publicKey()).matches()
          && MeshNames.nodes(self).contains(Cidr.address(peer.address()))
          && !peer.address().equals(self.address())
          && Cidr.parse(self.pool()).contains(subnet)
          && !subnet.overlaps(MeshNames.nodes(self))
          && !subnet.overlaps(Cidr.parse(self.subnet()));
    } catch (IllegalArgumentException e) {
      return false; // an address that can't be parsed
    }
  }
}
