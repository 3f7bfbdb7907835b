package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.scheduler.Cluster;
import dev.temps.control.scheduler.Placement;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.scheduler.Placer;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Explains where an app runs and where it would go. Changes nothing. Thread-safe. */
public final class PlacementService {
  private final Database database;
  private final AppStates states;
  private final Seating seating;
  private final Time time;

  /** A service over the rooms of {@code parts}. */
  public PlacementService(DeploymentParts parts) {
    this.database = parts.database();
    this.states = new AppStates(parts.fleet());
    this.seating = new Seating(parts.fleet(), parts.addresses(), parts.ids());
    this.time = parts.time();
  }

  /**
   * Explains one app as the store and the nodes are now.
   *
   * @throws dev.temps.kit.ProblemException 404
   */
  public PlacementReport explain(String nameOrId) {
    return database.read(handle -> {
      Environment app = ProjectStore.get(handle, nameOrId);
      AppState state = states.one(handle, app.id(), time.millis()).orElseThrow();
      return report(handle, state, state.newest().orElse(null));
    });
  }

  private PlacementReport report(Handle handle, AppState state, @Nullable Release release) {
    if (release == null) {
      return new PlacementReport(state, null, false, 0, null, null, null);
    }
    PlacementSpec spec =
        Seating.needs(
            handle, state.app(), release.deployment(), PlacementDefaults.strategy(handle));
    boolean anew = state.oneAtATime();
    Cluster all = seating.cluster(handle);
    Cluster cluster = anew ? without(all, spec.group()) : all;
    int missing = missing(state, release, spec);
    Placement.Refused refused =
        missing > 0 && Placer.place(cluster, spec, missing) instanceof Placement.Refused why
            ? why
            : null;
    return new PlacementReport(
        state,
        release,
        anew,
        missing,
        refused,
        PlacementDefaults.applied(handle, release.deployment().parsed()),
        Placer.explain(cluster, spec));
  }

  /** Which replicas have no place where they can stay; of one on every node none is missing. */
  private static int missing(AppState state, Release release, PlacementSpec spec) {
    if (spec.global() || state.app().desired() == Desired.stopped) {
      return 0;
    }
    long placed =
        release.staying().stream()
            .filter(r -> !state.leaving(r))
            .mapToInt(Replica::ordinal)
            .distinct()
            .count();
    return Math.toIntExact(Math.max(0, state.app().replicas() - placed));
  }

  private static Cluster without(Cluster cluster, String group) {
    return new Cluster(
        cluster.nodes(),
        cluster.occupants().stream().filter(one -> !one.group().equals(group)).toList());
  }
}
