package dev.temps.agent.mesh;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.PeerSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Places in a mesh for tests; node 1 is the first. */
final class Meshes {
  private Meshes() {}

  static MeshSelf self(int index) {
    String net = "10.208." + (15 + index);
    return new MeshSelf(
        "10.208.0.0/12", "10.208.0." + index, net + ".0/24", net + ".1", net + ".2", 51_820, 1_370);
  }

  static PeerSpec peer(int index, String... endpoints) {
    return keyed(index, key(index), endpoints);
  }

  static PeerSpec keyed(int index, String key, String... endpoints) {
    MeshSelf place = self(index);
    return new PeerSpec(
        "n-" + index,
        "worker-" + index,
        key,
        place.address(),
        place.subnet(),
        List.of(endpoints),
        place.probeAddress(),
        0,
        true,
        null,
        null);
  }

  static PeerSpec notReady(PeerSpec peer) {
    return new PeerSpec(
        peer.nodeId(),
        peer.name(),
        peer.publicKey(),
        peer.address(),
        peer.subnet(),
        peer.endpoints(),
        peer.probeAddress(),
        peer.keepaliveSeconds(),
        false,
        null,
        null);
  }

  /** The same, reached through another node. */
  static PeerSpec via(PeerSpec peer, String nodeId) {
    return new PeerSpec(
        peer.nodeId(),
        peer.name(),
        peer.publicKey(),
        peer.address(),
        peer.subnet(),
        peer.endpoints(),
        peer.probeAddress(),
        peer.keepaliveSeconds(),
        peer.ready(),
        nodeId,
        null);
  }

  /** The same, about to have another key. */
  static PeerSpec turning(PeerSpec peer, String nextKey) {
    return new PeerSpec(
        peer.nodeId(),
        peer.name(),
        peer.publicKey(),
        peer.address(),
        peer.subnet(),
        peer.endpoints(),
        peer.probeAddress(),
        peer.keepaliveSeconds(),
        peer.ready(),
        peer.via(),
        nextKey);
  }

  static Assignment.Peers peers(long revision, MeshSelf self, PeerSpec... peers) {
    return new Assignment.Peers(revision, "h" + revision, self, List.of(peers), null);
  }

  /** Not a key anybody holds, but one in form. */
  static String key(int index) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) index);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
