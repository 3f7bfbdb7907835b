package dev.temps.agent.mesh;

import dev.temps.agent.probe.Probe;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What peers stand on: walls, interface, bridge, probe, in this order; without walls there is no
 * bridge, so that no container starts unprotected. One thread.
 */
final class MeshGround {
  private static final Duration WALLS_AGAIN = Duration.ofSeconds(5);
  private static final Duration REST_AGAIN = Duration.ofSeconds(15);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final WireGuard wireGuard;
  private final BridgeNetwork bridge;
  private final WallKeeper walls;
  private final Probe probe;
  private final Time time;
  private Duration wallsDue = Duration.ZERO;
  private Duration restDue = Duration.ZERO;
  private @Nullable String wallsProblem = "not built yet";
  private @Nullable String tunnelProblem = "not built yet";
  private @Nullable String bridgeProblem = "not built yet";

  MeshGround(WireGuard wireGuard, BridgeNetwork bridge, WallKeeper walls, Probe probe, Time time) {
    this.wireGuard = wireGuard;
    this.bridge = bridge;
    this.walls = walls;
    this.probe = probe;
    this.time = time;
  }

  /** The next {@link #ensure} looks at everything. */
  void suspect() {
    wallsDue = Duration.ZERO;
    restDue = Duration.ZERO;
  }

  /** Mends what is due; true when what is wrong changed. */
  boolean ensure(MeshSelf self) throws InterruptedException, ExecutionException {
    Duration now = time.elapsed();
    String before = state();
    if (now.compareTo(wallsDue) >= 0) {
      wallsProblem = attempt(walls::ensure);
      wallsDue = now.plus(wallsProblem == null ? WALLS_AGAIN : AFTER_FAILURE);
    }
    if (now.compareTo(restDue) >= 0) {
      rest(self);
      boolean well = tunnelProblem == null && bridgeProblem == null;
      restDue = now.plus(well ? REST_AGAIN : AFTER_FAILURE);
    }
    return !before.equals(state());
  }

  /** Interface and bridge don't need each other: made side by side, a node joins sooner. */
  private void rest(MeshSelf self) throws InterruptedException, ExecutionException {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<@Nullable String> tunnel = pool.submit(() -> attempt(() -> wireGuard.ensure(self)));
      bridgeProblem =
          wallsProblem != null
              ? "no container network before the firewall stands"
              : attempt(() -> {
                bridge.ensure(self.subnet(), self.gateway(), self.mtu());
                probe.ensure(self);
              });
      tunnelProblem = tunnel.get();
    }
  }

  /** Something to be done that can fail. */
  private interface Attempt {
    void run() throws Exception;
  }

  private static @Nullable String attempt(Attempt attempt) {
    try {
      attempt.run();
      return null;
    } catch (ProblemException e) {
      return e.problem().line();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (Exception e) {
      return e.toString();
    }
  }

  private String state() {
    return wallsProblem + "|" + tunnelProblem + "|" + bridgeProblem;
  }

  boolean tunnel() {
    return tunnelProblem == null;
  }

  boolean walled() {
    return wallsProblem == null;
  }

  boolean bridged() {
    return bridgeProblem == null;
  }

  @Nullable String wallsProblem() {
    return wallsProblem;
  }

  /** What keeps packets from flowing, apart from walls and peers. */
  @Nullable String problem() {
    return tunnelProblem != null ? tunnelProblem : bridgeProblem;
  }
}
