package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.Operation;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.project.VariableStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Wishes about an app that runs: how many, running or stopped, restarted, gone. Only desired state
 * is written; the reconciler and the agents do the rest. Thread-safe.
 */
public final class AppService {
  private static final int RELEASES_MAX = 10_000;

  private final Database database;
  private final AddressBook addresses;
  private final ServiceAddresses services;
  private final Seating seating;
  private final Ids ids;
  private final EventStore events;
  private final AuditLog audit;
  private final Time time;
  private final Runnable changed;

  /** A service over the rooms of {@code parts}. */
  public AppService(DeploymentParts parts) {
    this.database = parts.database();
    this.addresses = parts.addresses();
    this.services = new ServiceAddresses(parts.time());
    this.seating = new Seating(parts.fleet(), parts.addresses(), parts.ids());
    this.ids = parts.ids();
    this.events = parts.events();
    this.audit = parts.audit();
    this.time = parts.time();
    this.changed = parts.changed();
  }

  /** An app after a wish, and the operation that tells when it is true. */
  public record Wished(Environment app, Operation operation) {}

  /**
   * Sets the number of replicas.
   *
   * @throws dev.temps.kit.ProblemException 404, 422, or 409 when they don't fit; nothing changed
   */
  public Wished scale(String nameOrId, int replicas, Actor actor) {
    WishParser.replicas(replicas);
    return wish(
        nameOrId,
        Kinds.SCALE,
        "to " + replicas + " replicas",
        actor,
        (handle, app) -> {
          newest(handle, app)
              .map(Deployment::parsed)
              .ifPresent(settings -> {
                OneAtATime.replicas(app.app(), settings, replicas);
                Everywhere.refuseNumber(app.app(), settings);
              });
          ProjectStore.want(handle, app, app.desired(), replicas);
          seatMissing(handle, ProjectStore.get(handle, app.id()));
        });
  }

  private void seatMissing(Handle handle, Environment app) {
    Optional<Deployment> release = newest(handle, app);
    if (release.isEmpty() || comesInBatches(release.get())) {
      return;
    }
    if (release.get().parsed().oneAtATime()) {
      roomForOne(handle, app, release.get());
      return;
    }
    long staying =
        ReplicaStore.ofDeployment(handle, release.get().id()).stream()
            .filter(Replica::staying)
            .count();
    int missing = app.replicas() - Math.toIntExact(staying);
    if (missing <= 0) {
      return;
    }
    long now = time.millis();
    switch (seating.add(handle, app, release.get(), missing, now)) {
      case Seating.Outcome.Refused refused ->
          throw Seating.refusal(app.app(), refused.why(), "").raise();
      case Seating.Outcome.Seated seated ->
          seated
              .replicas()
              .forEach(r ->
                  events.add(
                      handle,
                      now,
                      "replica.placed",
                      app.app(),
                      r.nodeId(),
                      r.name(app.app()) + ": " + r.placedBecause()));
    }
  }

  /** The reconciler places it, when the one before has ended. */
  private void roomForOne(Handle handle, Environment app, Deployment release) {
    if (app.replicas() > 0) {
      seating
          .lack(handle, app, release, 1, Set.of(release.id()))
          .ifPresent(why -> {
            throw Seating.refusal(app.app(), why, "").raise();
          });
    }
  }

  /** Its next batches look at the new number by themselves. */
  private static boolean comesInBatches(Deployment release) {
    return release.state() == DeploymentState.starting && release.parsed().pace().batched();
  }

  private static Optional<Deployment> newest(Handle handle, Environment app) {
    return DeploymentStore.list(handle, app.id(), RELEASES_MAX).stream()
        .filter(d -> !d.state().ended())
        .findFirst();
  }

  /**
   * Asks for one restart of every replica, one after the other.
   *
   * @throws dev.temps.kit.ProblemException 404, or 409 when nothing runs
   */
  public Wished restart(String nameOrId, Actor actor) {
    return wish(
        nameOrId,
        Kinds.RESTART,
        "one after the other",
        actor,
        (handle, app) -> {
          if (app.desired() == Desired.stopped || newest(handle, app).isEmpty()) {
            throw Problem.conflict(
                    "not-running",
                    "Nothing of this app runs.",
                    app.app() + " is stopped or never had a release that could serve.",
                    "Start it with: temps start " + app.app() + ", or deploy it.")
                .raise();
          }
          ProjectStore.restart(handle, app);
        });
  }

  /** Stops all replicas; they keep their places. Again changes nothing. */
  public Wished stop(String nameOrId, Actor actor) {
    return wish(
        nameOrId,
        Kinds.STOP,
        "all replicas; they keep their places",
        actor,
        (handle, app) -> ProjectStore.want(handle, app, Desired.stopped, app.replicas()));
  }

  /** Starts a stopped app. Again changes nothing. */
  public Wished start(String nameOrId, Actor actor) {
    return wish(
        nameOrId,
        Kinds.START,
        "all replicas, where they were",
        actor,
        (handle, app) -> ProjectStore.want(handle, app, Desired.running, app.replicas()));
  }

  /** Removes an app with all its replicas; its releases stay in the history. */
  public void remove(String nameOrId, Actor actor) {
    Change all =
        (handle, app) -> {
          long now = time.millis();
          for (Deployment release : DeploymentStore.list(handle, app.id(), RELEASES_MAX)) {
            for (Replica replica : ReplicaStore.ofDeployment(handle, release.id())) {
              ReplicaStore.remove(handle, replica, now);
              addresses.release(handle, replica.id());
            }
            if (!release.state().ended()) {
              DeploymentStore.move(
                  handle, release, DeploymentState.stopped, "the app was removed", now);
            }
          }
          VariableStore.removeAll(handle, app.id());
          services.release(handle, app);
          ProjectStore.remove(handle, app, now);
        };
    database.change(h -> carryOut(h, nameOrId, "app.remove", "with all its replicas", actor, all));
    changed.run();
  }

  /** What to do with an app inside the transaction. */
  private interface Change {
    void on(Handle handle, Environment app);
  }

  private Wished wish(String nameOrId, String kind, String words, Actor actor, Change change) {
    Wished wished =
        database.write(handle -> {
          Environment app = carryOut(handle, nameOrId, "app." + kind, words, actor, change);
          Operation.Begun begun = new Operation.Begun(actor.name(), time.millis(), null);
          return new Wished(app, Wishes.begin(handle, ids, kind, app, begun));
        });
    changed.run();
    return wished;
  }

  private Environment carryOut(
      Handle handle, String nameOrId, String action, String words, Actor actor, Change change) {
    Environment app = ProjectStore.get(handle, nameOrId);
    change.on(handle, app);
    events.add(handle, time.millis(), action, app.app(), null, actor.name() + ": " + words);
    audit.done(handle, actor, action, app.app() + " " + words);
    return ProjectStore.byId(handle, app.id()).orElseThrow();
  }

  /** Ids of replicas that hold a place on a node; empty when nothing of a user's is there. */
  public static List<Replica> onNode(Handle handle, String nodeId) {
    return ReplicaStore.onNode(handle, nodeId);
  }
}
