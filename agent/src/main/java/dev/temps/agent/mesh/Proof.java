package dev.temps.agent.mesh;

import dev.temps.agent.probe.Probe;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the mesh is proven: what must pass has passed, what must not has not; the probe is of no
 * project, so it must reach no container of one. Once proven for a place in the mesh it stays so
 * while the walls stand: peers that vanish later are reported one by one, they don't unmake this
 * node. One thread.
 */
final class Proof {
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final Duration SHORTEST =
      Duration.ofMillis(100); // a wall answers at once or never
  private static final int ROUND_TRIPS = 4; // what an answer from afar may take of the usual

  private final Probe probe;
  private final Supplier<List<String>> forbidden;
  private final Time time;
  private @Nullable MeshSelf provenFor;
  private @Nullable Duration checkedAt;
  private boolean checkedAfar;
  private @Nullable String breach;
  private int turn;

  /** {@code forbidden}: containers of this machine that the probe must not reach, as of now. */
  Proof(Probe probe, Supplier<List<String>> forbidden, Time time) {
    this.probe = probe;
    this.forbidden = forbidden;
    this.time = time;
  }

  /**
   * Looks again when it is time to; true when {@link #proven} or {@link #breach} changed.
   *
   * @param standing whether walls and probe are made
   * @param peer one that answers and is ready, null for none
   * @param alone whether no other node is ready
   */
  boolean look(MeshSelf self, boolean standing, @Nullable Neighbour peer, boolean alone)
      throws InterruptedException, ExecutionException {
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

  /** What gets through although it must not; side by side, for silence is what is hoped for. */
  private @Nullable String search(MeshSelf self, @Nullable Neighbour peer)
      throws InterruptedException, ExecutionException {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<OptionalLong> own = pool.submit(() -> probe.ping(self.address(), SHORTEST));
      Future<OptionalLong> afar = pool.submit(() -> ask(peer));
      String resident = resident();
      Future<OptionalLong> next =
          pool.submit(
              () -> resident == null ? OptionalLong.empty() : probe.ping(resident, SHORTEST));
      if (own.get().isPresent()) {
        return "a container can reach this machine at " + self.address();
      }
      if (next.get().isPresent()) {
        return "a container can reach one of another project at " + resident;
      }
      turn++; // one that answers is asked again until it doesn't
      return peer != null && afar.get().isPresent()
          ? "a container can reach " + peer.spec().name() + " at " + peer.spec().address()
          : null;
    }
  }

  /** One of the containers on this machine, each in its turn. */
  private @Nullable String resident() {
    List<String> all = forbidden.get();
    return all.isEmpty() ? null : all.get(Math.floorMod(turn, all.size()));
  }

  private OptionalLong ask(@Nullable Neighbour peer) {
    if (peer == null) {
      return OptionalLong.empty();
    }
    Duration usual = peer.roundTrip().multipliedBy(ROUND_TRIPS);
    Duration limit = usual.compareTo(SHORTEST) > 0 ? usual : SHORTEST;
    return probe.ping(peer.spec().address(), limit);
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
