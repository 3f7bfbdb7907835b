package dev.temps.agent.mesh;

import dev.temps.contract.agent.PeerSpec;
import java.util.List;
import java.util.Map;

/**
 * Which of a peer's keys carries its traffic while it changes from one to the other. A handshake
 * with the next key proves that the peer has turned: it can make none with a key it doesn't use.
 * Pure.
 */
final class PeerKeys {
  private PeerKeys() {}

  /** Those the device has to know: the present one, and the next one if there is one. */
  static List<String> all(PeerSpec peer) {
    String next = peer.nextKey();
    return next == null || next.equals(peer.publicKey())
        ? List.of(peer.publicKey())
        : List.of(peer.publicKey(), next);
  }

  /** The one in use as far as the device can tell. */
  static String inUse(PeerSpec peer, Map<String, DevicePeer> device) {
    String next = peer.nextKey();
    DevicePeer turned = next == null ? null : device.get(next);
    return next != null && turned != null && turned.lastHandshakeSeconds() > 0
        ? next
        : peer.publicKey();
  }
}
