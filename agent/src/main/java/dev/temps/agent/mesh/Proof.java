package dev.temps.agent.mesh;

import dev.temps.agent.probe.Probe;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the mesh is proven: what must pass has passed, what must not has not. Once proven for a
 * place in the mesh it stays so while the walls stand: peers that vanish later are reported one by
 * one, they don't unmake this node. One thread.
 */
final class Proof {
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final Duration SHORTEST =
      Duration.ofMillis(100); // a wall answers at once or never
  private static final int ROUND_TRIPS = 4; // what an answer from afar may take of the usual

  private final Probe probe;
  private final Time time;
  private @Nullable MeshSelf provenFor;
  private @Nullable Duration checkedAt;
  private boolean checkedAfar;
  private @Nullable String breach;

  Proof(Probe probe, Time time) {
    this.probe = probe;
    this.time = time;
  }

  /**
   * Looks again when it is time to; true when {@link #proven} or {@link #breach} changed.
   *
   * @param standing whether walls and probe are made
   * @param peer one that answers and is ready, null for none
   * @param alone whether no other node is ready
   */
  boolean look(MeshSelf self, boolean standing, @Nullable Neighbour peer, boolean alone) {
    boolean provenBefore = proven(self);
    String breachBefore = breach;
    if (!standing) {
      provenFor = null;
      checkedAt = null;
      return provenBefore;
    }
    if (due(peer)) {
      breach = search(self, peer);
      checkedAt = time.elapsed();
      checkedAfar = peer != null;
    }
    if (breach != null) {
      provenFor = null;
    } else if (peer != null || alone) {
      provenFor = self;
    }
    return provenBefore != proven(self) || !Objects.equals(breachBefore, breach);
  }

  private boolean due(@Nullable Neighbour peer) {
    return checkedAt == null
        || breach != null
        || (peer != null && !checkedAfar)
        || time.elapsed().minus(checkedAt).compareTo(AGAIN) >= 0;
  }

  private @Nullable String search(MeshSelf self, @Nullable Neighbour peer) {
    if (probe.ping(self.address(), SHORTEST).isPresent()) {
      return "a container can reach this machine at " + self.address();
    }
    if (peer == null) {
      return null;
    }
    Duration usual = peer.roundTrip().multipliedBy(ROUND_TRIPS);
    Duration limit = usual.compareTo(SHORTEST) > 0 ? usual : SHORTEST;
    return probe.ping(peer.spec().address(), limit).isPresent()
        ? "a container can reach " + peer.spec().name() + " at " + peer.spec().address()
        : null;
  }

  /** Whether it is proven for that place. */
  boolean proven(MeshSelf self) {
    return self.equals(provenFor);
  }

  /** A forbidden packet that arrived, in words; null for none. */
  @Nullable String breach() {
    return breach;
  }
}
