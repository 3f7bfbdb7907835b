package dev.temps.control.deployment;

import dev.temps.control.event.EventStore;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.operation.Progress;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Rollouts and rollbacks as operations. The release's row decides; the operation tells of it, and
 * takes a wish to cancel. Called from one loop.
 */
final class Rollouts {
  private final Database database;
  private final AppStates states;
  private final Endings endings;
  private final IngressWait ingresses;
  private final EventStore events;
  private final Time time;

  Rollouts(DeploymentParts parts, IngressWait ingresses) {
    this.database = parts.database();
    this.states = new AppStates(parts.fleet());
    this.endings = new Endings(parts.addresses());
    this.ingresses = ingresses;
    this.events = parts.events();
    this.time = parts.time();
  }

  /** The operation of a release that was just added, in its transaction. */
  static void begin(Handle handle, Ids ids, Deployment release, String app, int replicas) {
    OperationStore.insert(
        handle,
        Operation.begun(
            ids.next("op"),
            release.rollbackOf() == null ? Kinds.ROLLOUT : Kinds.ROLLBACK,
            release.id(),
            app,
            "release " + release.number() + ": its replicas have their places",
            replicas,
            new Operation.Begun(release.createdBy(), release.createdAt(), null)));
  }

  /** Carries out cancels; whether any release ended. */
  boolean cancel() {
    boolean any = false;
    List<Operation> asked =
        database.read(handle ->
            Stream.of(Kinds.ROLLOUT, Kinds.ROLLBACK)
                .flatMap(kind -> OperationStore.askedToCancel(handle, kind).stream())
                .toList());
    for (Operation operation : asked) {
      any |= database.write(handle -> cancel(handle, operation));
    }
    return any;
  }

  private boolean cancel(Handle handle, Operation operation) {
    Deployment release = DeploymentStore.find(handle, operation.subject()).orElseThrow();
    Optional<AppState> state = state(handle, release);
    if (release.state() != DeploymentState.starting || state.isEmpty()) {
      return false; // It ended first; what it came to is told.
    }
    String why =
        "cancelled by "
            + operation.cancelAskedBy()
            + state
                .get()
                .serving()
                .map(s -> s.deployment().number())
                .map(Rollouts::goesOn)
                .orElse("; no release had served before");
    endings.end(handle, state.get(), release, DeploymentState.cancelled, why);
    String what = "release " + release.number() + ": " + why;
    events.add(handle, time.millis(), "deployment.cancelled", operation.subjectName(), null, what);
    return true;
  }

  private static String goesOn(int number) {
    return "; release " + number + " goes on";
  }

  /** Tells how all of them get on; safe at any time and again. Only what is news is written. */
  void tell() {
    for (Operation operation : database.read(this::news)) {
      database.change(handle -> {
        Deployment release = DeploymentStore.find(handle, operation.subject()).orElseThrow();
        Progress now = progress(release, state(handle, release));
        OperationStore.write(handle, operation, now, time.millis());
      });
    }
  }

  private List<Operation> news(Handle handle) {
    List<Operation> running =
        Stream.of(Kinds.ROLLOUT, Kinds.ROLLBACK)
            .flatMap(kind -> OperationStore.running(handle, kind).stream())
            .toList();
    if (running.isEmpty()) {
      return List.of();
    }
    Map<String, Deployment> starting = new HashMap<>();
    DeploymentStore.starting(handle).forEach(d -> starting.put(d.id(), d));
    Sights sights = new Sights(states, handle, time.millis(), running.size());
    return running.stream()
        .filter(operation -> {
          Deployment release = starting.get(operation.subject());
          return release == null // it has ended
              || !OperationStore.says(
                  operation, progress(release, sights.of(release.environmentId())));
        })
        .toList();
  }

  private Progress progress(Deployment release, Optional<AppState> app) {
    return RolloutProgress.of(release, app, ingresses.behind(release.id()));
  }

  private Optional<AppState> state(Handle handle, Deployment release) {
    return states.one(handle, release.environmentId(), time.millis());
  }
}
