package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.PeerSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    List<PeerSpec> sound = wanted.stream().filter(peer -> sound(self, peer)).toList();
    Map<String, DevicePeer> present =
        actual.stream().collect(Collectors.toMap(DevicePeer::publicKey, Function.identity()));
    Map<String, Wish> wishes = wishes(sound, present);
    List<PeerChange> gains = new ArrayList<>();
    List<PeerChange> losses = new ArrayList<>();
    wishes.forEach((key, wish) -> {
      DevicePeer before = present.get(key);
      if (before == null) {
        gains.add(wish.put(key, wish.endpoint()));
      } else if (wish.differs(before)) {
        boolean gain = !before.allowedIps().containsAll(wish.allowedIps());
        (gain ? gains : losses).add(wish.put(key, null));
      }
    });
    for (DevicePeer peer : actual) {
      if (!wishes.containsKey(peer.publicKey())) {
        losses.add(new PeerChange.Drop(peer.publicKey()));
      }
    }
    gains.addAll(losses);
    return gains;
  }

  /** What one of the device's peers should be. */
  private record Wish(@Nullable String endpoint, List<String> allowedIps, int keepaliveSeconds) {
    PeerChange put(String key, @Nullable String at) {
      return new PeerChange.Put(key, at, allowedIps, keepaliveSeconds);
    }

    boolean differs(DevicePeer before) {
      return !before.allowedIps().equals(Set.copyOf(allowedIps))
          || before.keepaliveSeconds() != keepaliveSeconds;
    }
  }

  /** By key; of two peers with one key the first counts. */
  private static Map<String, Wish> wishes(List<PeerSpec> sound, Map<String, DevicePeer> present) {
    List<PeerSpec> peers = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    sound.stream().filter(peer -> keys.add(peer.publicKey())).forEach(peers::add);
    Ways ways = new Ways(peers);
    Map<String, Wish> wishes = new LinkedHashMap<>();
    for (PeerSpec peer : peers) {
      String endpoint = candidates(peer).stream().findFirst().orElse(null);
      String key = PeerKeys.inUse(peer, present);
      wishes.put(key, new Wish(endpoint, ways.allowedIps(peer), keepalive(peer, ways)));
      for (String other : PeerKeys.all(peer)) {
        if (!keys.contains(other) || other.equals(peer.publicKey())) {
          wishes.putIfAbsent(other, new Wish(endpoint, List.of(), 0));
        }
      }
    }
    return wishes;
  }

  /** A peer that carries nothing is kept trying by its keepalives alone. */
  private static int keepalive(PeerSpec peer, Ways ways) {
    return ways.relay(peer).isPresent() ? RELAYED_KEEPALIVE_SECONDS : peer.keepaliveSeconds();
  }

  /** The endpoints that are addresses; a name would make {@code wg} wait for DNS. */
  static List<String> candidates(PeerSpec peer) {
    return peer.endpoints().stream().filter(e -> ENDPOINT.matcher(e).matches()).distinct().toList();
  }

  private static boolean sound(MeshSelf self, PeerSpec peer) {
    try {
      Cidr subnet = Cidr.parse(peer.subnet());
      return PeerKeys.all(peer).stream().allMatch(key -> KEY.matcher(key).matches())
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
