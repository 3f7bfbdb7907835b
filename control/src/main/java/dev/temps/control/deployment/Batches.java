package dev.temps.control.deployment;

import java.util.List;
import java.util.Optional;

/**
 * How a release takes over in batches: so many new replicas as there may be above the wished
 * number; once they are healthy the routes lead to them too and as many old ones retire; when those
 * have left their nodes the next batch comes. Never fewer healthy replicas than asked for. Pure.
 */
final class Batches {
  private Batches() {}

  /** The release that comes in batches beside one that serves. */
  static Optional<Release> coming(AppState state) {
    return state
        .starting()
        .filter(_ -> state.serving().isPresent() && state.switched().isEmpty())
        .filter(r -> state.oneAtATime() || r.deployment().parsed().pace().batched());
  }

  /** Whether a batched release has to wait until the one that is taking over has done so. */
  static boolean waits(AppState state, Deployment release) {
    return release.parsed().pace().batched()
        && state.switched().filter(s -> !s.deployment().id().equals(release.id())).isPresent();
  }

  /** How many of the missing replicas of a release may be placed now. */
  static int room(AppState state, Release release, int missing) {
    if (waits(state, release.deployment())) {
      return 0;
    }
    if (state.oneAtATime()) {
      // Whatever else has a row may run, also what is on its way out.
      long held = state.releases().stream().mapToLong(r -> r.replicas().size()).sum();
      return held > release.staying().size() ? 0 : missing;
    }
    if (coming(state)
        .filter(r -> r.deployment().id().equals(release.deployment().id()))
        .isEmpty()) {
      return missing;
    }
    // What drains holds its place until it is gone, so it counts.
    int held = state.releases().stream().mapToInt(r -> r.replicas().size()).sum();
    int most = state.app().replicas() + release.deployment().parsed().pace().surge();
    return Math.clamp(most - held, 0, missing);
  }

  /** The old replicas that can be done without now. */
  static List<Replica> spare(AppState state) {
    Optional<Release> coming = coming(state);
    Optional<Release> serving = state.serving();
    if (coming.isEmpty() || serving.isEmpty()) {
      return List.of();
    }
    List<Replica> old = serving.get().staying();
    if (state.oneAtATime()) {
      return old;
    }
    int needed =
        state.app().replicas() - coming.get().deployment().parsed().pace().maxUnavailable();
    int healthy = coming.get().healthy() + serving.get().healthy();
    // Old ones that can't serve go as soon as as many new ones can.
    int useless = Math.min(old.size() - serving.get().healthy(), coming.get().healthy());
    int spare = Math.max(0, healthy - Math.max(0, needed));
    return DeploymentPlanner.surplus(state, old, Math.min(old.size(), Math.max(useless, spare)));
  }
}
