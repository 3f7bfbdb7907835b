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

  private PeerPlanner() {}

  /**
   * The changes, those that take away first: two peers never hold one address. Peers whose figures
   * can't be (no key, an address outside the pool or of this node) are left out.
   *
   * @param wanted what the control plane assigned
   * @param actual what the device has
   */
  static List<PeerChange> plan(MeshSelf self, List<PeerSpec> wanted, List<DevicePeer> actual) {
    Map<String, PeerSpec> byKey =
        wanted.stream()
            .filter(peer -> sound(self, peer))
            .collect(Collectors.toMap(PeerSpec::publicKey, Function.identity(), (a, _) -> a));
    Map<String, DevicePeer> present =
        actual.stream().collect(Collectors.toMap(DevicePeer::publicKey, Function.identity()));
    List<PeerChange> changes = new ArrayList<>();
    for (DevicePeer peer : actual) {
      if (!byKey.containsKey(peer.publicKey())) {
        changes.add(new PeerChange.Drop(peer.publicKey()));
      }
    }
    for (PeerSpec peer : wanted) {
      if (!peer.equals(byKey.get(peer.publicKey()))) {
        continue;
      }
      DevicePeer before = present.get(peer.publicKey());
      if (before == null) {
        String endpoint = candidates(peer).stream().findFirst().orElse(null);
        changes.add(put(peer, endpoint));
      } else if (differs(peer, before)) {
        changes.add(put(peer, null));
      }
    }
    return changes;
  }

  /** The endpoints that are addresses; a name would make {@code wg} wait for DNS. */
  static List<String> candidates(PeerSpec peer) {
    return peer.endpoints().stream().filter(e -> ENDPOINT.matcher(e).matches()).distinct().toList();
  }

  private static PeerChange put(PeerSpec peer, @Nullable String endpoint) {
    return new PeerChange.Put(
        peer.publicKey(), endpoint, allowedIps(peer), peer.keepaliveSeconds());
  }

  private static boolean differs(PeerSpec peer, DevicePeer before) {
    return !before.allowedIps().equals(Set.copyOf(allowedIps(peer)))
        || before.keepaliveSeconds() != peer.keepaliveSeconds();
  }

  private static List<String> allowedIps(PeerSpec peer) {
    return List.of(peer.address() + "/32", peer.subnet());
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
