package dev.temps.control.deployment;

import dev.temps.contract.json.Json;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.scheduler.Placement;
import dev.temps.control.secret.Sealer;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Adds a release with all its replicas placed, inside the caller's transaction; the reconciler does
 * the rest. The one way in for everything that makes a release. Thread-safe.
 */
final class Releasing {
  private static final String TAKING_OVER =
      " A release is just taking over: when it has, the one before makes room.";
  private static final String BATCHES = " Or let the release come in batches: --max-surge 1";

  private final Sealer sealer;
  private final AppStates states;
  private final Seating seating;
  private final Endings endings;
  private final EventStore events;
  private final AuditLog audit;
  private final Ids ids;
  private final Time time;

  Releasing(DeploymentParts parts) {
    this.sealer = parts.sealer();
    this.states = new AppStates(parts.fleet());
    this.seating = new Seating(parts.fleet(), parts.addresses(), parts.ids());
    this.endings = new Endings(parts.addresses());
    this.events = parts.events();
    this.audit = parts.audit();
    this.ids = parts.ids();
    this.time = parts.time();
  }

  /**
   * Adds a release.
   *
   * @param app as the transaction sees it
   * @param action for the audit log, e.g. {@code app.deploy}
   * @param why more words for the event, empty when there is nothing to add
   * @throws dev.temps.kit.ProblemException 409 when it has no place
   */
  Deployment add(
      Handle handle, Environment app, Draft draft, String action, String why, Actor actor) {
    long now = time.millis();
    OneAtATime.check(handle, app, draft.settings(), now);
    String id = ids.next("d");
    Deployment release =
        new Deployment(
            id,
            app.id(),
            app.nextNumber(),
            draft.image(),
            draft.digest(),
            draft.localImageId(),
            Json.write(draft.settings()),
            draft.variables().seal(sealer, id),
            DeploymentState.starting,
            null,
            actor.name(),
            now,
            null,
            0,
            null,
            draft.rollbackOf(),
            null,
            null);
    ProjectStore.takeNumber(handle, app);
    supersede(handle, app, release, now);
    DeploymentStore.insert(handle, release);
    List<Replica> replicas = seat(handle, app, release, now);
    Rollouts.begin(handle, ids, release, app.app(), app.replicas());
    String what = "release " + release.number() + " of " + app.app() + ", " + release.image() + why;
    events.add(handle, now, "deployment.started", app.app(), null, what);
    for (Replica replica : replicas) {
      events.add(
          handle,
          now,
          "replica.placed",
          app.app(),
          replica.nodeId(),
          replica.name(app.app()) + ": " + replica.placedBecause());
    }
    audit.done(handle, actor, action, what);
    return release;
  }

  /**
   * The newest wins: one that has not taken over gives its room to the next at once. One that is
   * just taking over is let finish, unless the next goes back: that is not to wait for it.
   */
  private void supersede(Handle handle, Environment app, Deployment next, long now) {
    AppState state = state(handle, app, now);
    String why = "release " + next.number() + " was asked for by " + next.createdBy();
    for (Release other : state.releases()) {
      Deployment one = other.deployment();
      boolean early = one.switchedAt() == null || next.rollbackOf() != null;
      if (one.state() == DeploymentState.starting && early) {
        endings.end(handle, state, one, DeploymentState.superseded, why);
        String what = "release " + one.number() + ": " + why;
        events.add(handle, now, "deployment.superseded", app.app(), null, what);
      }
    }
  }

  private AppState state(Handle handle, Environment app, long now) {
    return states.one(handle, app.id(), now).orElseThrow();
  }

  private List<Replica> seat(Handle handle, Environment app, Deployment release, long now) {
    AppState state = state(handle, app, now);
    if (Batches.waits(state, release)) {
      return List.of();
    }
    Optional<Release> coming = Batches.coming(state);
    boolean single = state.oneAtATime();
    if (coming.isPresent() || single) {
      Set<String> leaving =
          state.releases().stream()
              .map(r -> r.deployment().id())
              .filter(id -> !id.equals(release.id()))
              .collect(Collectors.toUnmodifiableSet());
      // All must fit once the old ones are gone, or the rollout would stop halfway.
      Optional<Placement.Refused> lack =
          seating.lack(handle, app, release, app.replicas(), leaving);
      if (lack.isPresent()) {
        return await(handle, state, release, app.replicas(), lack.get(), "");
      }
    }
    int first =
        single || coming.isPresent()
            ? Batches.room(state, state.newest().orElseThrow(), app.replicas())
            : app.replicas();
    boolean beside = coming.isEmpty() && state.serving().isPresent() && app.replicas() > 1;
    String more = state.switched().isPresent() ? TAKING_OVER : beside ? BATCHES : "";
    return switch (seating.add(handle, app, release, first, now)) {
      case Seating.Outcome.Seated seated -> seated.replicas();
      case Seating.Outcome.Refused refused ->
          await(handle, state, release, first, refused.why(), more);
    };
  }

  /**
   * A first release waits for room, which the reconciler looks for; one that another serves for
   * meanwhile is refused, as is what would not fit on empty nodes either.
   */
  private List<Replica> await(
      Handle handle,
      AppState state,
      Deployment release,
      int count,
      Placement.Refused why,
      String more) {
    Environment app = state.app();
    if (state.leading().isPresent()) {
      throw Seating.refusal(app.app(), why, more).raise();
    }
    seating
        .never(handle, app, release, count)
        .ifPresent(never -> {
          throw Seating.refusal(app.app(), never, more).raise();
        });
    String words = Evictions.NO_PLACE + count + " more: " + Seating.words(why);
    DeploymentStore.note(handle, release, words);
    events.add(handle, time.millis(), "replica.unplaced", app.app(), null, words);
    return List.of();
  }
}
