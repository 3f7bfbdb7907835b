package dev.temps.control.testing;

import dev.temps.contract.agent.KeyOrder;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** WireGuard on a machine and the agent that sets it up: its keys, and what it was told last. */
public final class PaperKeys {
  private final String nodeId;
  private final Supplier<String> fresh;
  private String current;
  private @Nullable String next;
  private List<PeerSpec> peers = List.of();
  private @Nullable KeyOrder order;

  /** A node with that key; {@code fresh} makes others. */
  public PaperKeys(String nodeId, String current, Supplier<String> fresh) {
    this.nodeId = nodeId;
    this.current = current;
    this.fresh = fresh;
  }

  /** A key made of a number. */
  public static String key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    key[31] = 77;
    return Base64.getEncoder().encodeToString(key);
  }

  /** What the control plane wants of it from now on. */
  public void told(List<PeerSpec> others, @Nullable KeyOrder what) {
    peers = List.copyOf(others);
    order = what;
  }

  /** It does what it was told last. */
  public void act() {
    if (order == KeyOrder.prepare && next == null) {
      next = fresh.get();
    }
    String turned = next;
    if (order == KeyOrder.use && turned != null) {
      current = turned;
      next = null;
    }
  }

  /** The key it uses. */
  public String current() {
    return current;
  }

  /** The key it will use next is that one, whatever it made. */
  public void next(String key) {
    next = key;
  }

  /** What it reports of its keys; null when nobody asked. */
  public @Nullable MeshKeys said() {
    return order == null ? null : new MeshKeys(current, next);
  }

  /** What it reports of the others; {@code find} empty for one that is not there. */
  public List<PeerObservation> sees(Function<String, Optional<PaperKeys>> find) {
    return peers.stream().map(p -> sees(p, find.apply(p.nodeId()))).toList();
  }

  /** By the rule of WireGuard: a peer is reached if each knows the key the other uses. */
  private PeerObservation sees(PeerSpec peer, Optional<PaperKeys> there) {
    List<String> keys = new ArrayList<>(List.of(peer.publicKey()));
    String other = there.map(PaperKeys::current).orElse("");
    String second = peer.nextKey();
    if (second != null) {
      keys.add(second.equals(other) ? 0 : 1, second);
    }
    boolean reached = keys.contains(other) && there.filter(t -> t.knows(this)).isPresent();
    List<String> told = second == null ? null : keys;
    return new PeerObservation(peer.nodeId(), 1, 0, 0, 1, reached, null, 0L, null, told, 0L);
  }

  private boolean knows(PaperKeys other) {
    return peers.stream()
        .filter(p -> p.nodeId().equals(other.nodeId))
        .anyMatch(p -> p.publicKey().equals(other.current) || other.current.equals(p.nextKey()));
  }
}
