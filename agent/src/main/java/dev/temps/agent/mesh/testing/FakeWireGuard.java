package dev.temps.agent.mesh.testing;

import dev.temps.agent.mesh.DevicePeer;
import dev.temps.agent.mesh.PeerChange;
import dev.temps.agent.mesh.WireGuard;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.Problem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A device in memory. Thread-safe. */
public final class FakeWireGuard implements WireGuard {
  private final Map<String, DevicePeer> peers = new LinkedHashMap<>();
  private int key = 1;
  private boolean prepared;
  private boolean up;
  private int changes;

  @Override
  public synchronized void ensure(MeshSelf self) {
    up = true;
  }

  @Override
  public synchronized List<DevicePeer> peers() {
    requireUp();
    return List.copyOf(peers.values());
  }

  @Override
  public synchronized void apply(PeerChange change) {
    requireUp();
    changes++;
    DevicePeer before = peers.get(change.publicKey());
    switch (change) {
      case PeerChange.Put put -> {
        String kept = before == null ? null : before.endpoint();
        put(
            put.publicKey(),
            put.endpoint() == null ? kept : put.endpoint(),
            Set.copyOf(put.allowedIps()),
            put.keepaliveSeconds(),
            before);
      }
      case PeerChange.Redirect redirect -> {
        if (before == null) {
          throw new IllegalStateException("no such peer");
        }
        put(
            redirect.publicKey(),
            redirect.endpoint(),
            before.allowedIps(),
            before.keepaliveSeconds(),
            before);
      }
      case PeerChange.Drop drop -> peers.remove(drop.publicKey());
    }
  }

  @Override
  public synchronized MeshKeys keys() {
    return new MeshKeys("own-" + key, prepared ? "own-" + (key + 1) : null);
  }

  @Override
  public synchronized void prepareKey() {
    prepared = true;
  }

  @Override
  public synchronized void turnKey(MeshSelf self) {
    if (prepared) {
      key++;
      prepared = false;
    }
  }

  private void put(
      String key,
      @Nullable String endpoint,
      Set<String> allowedIps,
      int keepaliveSeconds,
      @Nullable DevicePeer before) {
    peers.replaceAll((other, peer) -> other.equals(key) ? peer : without(peer, allowedIps));
    peers.put(
        key,
        new DevicePeer(
            key,
            endpoint,
            allowedIps,
            keepaliveSeconds,
            before == null ? 0 : before.lastHandshakeSeconds(),
            before == null ? 0 : before.receivedBytes(),
            before == null ? 0 : before.sentBytes()));
  }

  /** As the real one: an address that is given to a peer is taken from the one that had it. */
  private static DevicePeer without(DevicePeer peer, Set<String> taken) {
    Set<String> left = new HashSet<>(peer.allowedIps());
    left.removeAll(taken);
    return new DevicePeer(
        peer.publicKey(),
        peer.endpoint(),
        left,
        peer.keepaliveSeconds(),
        peer.lastHandshakeSeconds(),
        peer.receivedBytes(),
        peer.sentBytes());
  }

  /** The peer shook hands and sent something. */
  public synchronized void shake(String key, long wallSeconds) {
    DevicePeer p = peers.get(key);
    if (p != null) {
      peers.put(
          key,
          new DevicePeer(
              key,
              p.endpoint(),
              p.allowedIps(),
              p.keepaliveSeconds(),
              wallSeconds,
              p.receivedBytes() + 92,
              p.sentBytes() + 148));
    }
  }

  /** The device started again and forgot everything, until it is ensured. */
  public synchronized void crash() {
    up = false;
    peers.clear();
  }

  /** Changes made so far. */
  public synchronized int changes() {
    return changes;
  }

  private void requireUp() {
    if (!up) {
      throw Problem.of("no-wireguard", 500, "The interface is gone.", "", "").raise();
    }
  }
}
