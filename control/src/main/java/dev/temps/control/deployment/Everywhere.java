package dev.temps.control.deployment;

import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Apps of which one runs on every node that fits: their number of replicas follows the nodes. A
 * node that is only suspected or cordoned keeps its replica. Called from one loop.
 */
final class Everywhere {
  private final Database database;
  private final AppStates states;
  private final Seating seating;
  private final Time time;

  Everywhere(DeploymentParts parts) {
    this.database = parts.database();
    this.states = new AppStates(parts.fleet());
    this.seating = new Seating(parts.fleet(), parts.addresses(), parts.ids());
    this.time = parts.time();
  }

  /** Counts anew; whether some app is to have another number now. */
  boolean step() {
    boolean any = false;
    for (AppState state : database.read(this::everywhere)) {
      any |= database.write(h -> count(h, state));
    }
    return any;
  }

  /** Few apps are: the others are not looked at. */
  private List<AppState> everywhere(Handle handle) {
    return DeploymentStore.environmentsWith(handle, PlacementSettings.GLOBAL).stream()
        .flatMap(app -> states.one(handle, app, time.millis()).stream())
        .filter(s -> s.newest().filter(r -> r.deployment().parsed().global()).isPresent())
        .sorted(Comparator.comparing(s -> s.app().app()))
        .toList();
  }

  private boolean count(Handle handle, AppState state) {
    Release release = state.newest().orElseThrow();
    long there = release.staying().stream().filter(r -> !state.leaving(r)).count();
    int fresh = seating.everywhere(handle, state.app(), release.deployment());
    int wanted = Math.max(1, Math.toIntExact(there) + fresh);
    if (wanted == state.app().replicas()) {
      return false;
    }
    ProjectStore.want(handle, state.app(), state.app().desired(), wanted);
    return true;
  }

  /**
   * Passes unless the number of replicas is not for people to say.
   *
   * @throws dev.temps.kit.ProblemException 422 for an app that runs everywhere
   */
  static void refuseNumber(String app, ReleaseSettings settings) {
    if (settings.global()) {
      throw Problem.invalid(
              "replicas",
              "One replica of " + app + " runs on every node that fits, however many those are.",
              "Deploy it with --global false for a number of its own.")
          .raise();
    }
  }
}
