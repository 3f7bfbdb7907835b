package dev.temps.control.deployment;

import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.control.dispatch.ObservationSink;
import dev.temps.control.event.EventStore;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.control.volume.VolumeStore;
import dev.temps.kit.Time;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what agents report of replicas, only when it changed, only of replicas on the reporting
 * node. Thread-safe.
 */
public final class Observations implements ObservationSink {
  private final Database database;
  private final EventStore events;
  private final Time time;
  private final Runnable changed;
  private final Runnable desiredChanged;

  /** Observations kept through the rooms of {@code parts}. */
  public Observations(DeploymentParts parts) {
    this.database = parts.database();
    this.events = parts.events();
    this.time = parts.time();
    this.changed = parts.observedChanged();
    this.desiredChanged = parts.changed();
  }

  @Override
  public Set<String> observed(String nodeId, List<ObservedWorkload> news, Set<String> gone) {
    Map<String, Replica> known =
        database.read(h -> ReplicaStore.onNode(h, nodeId)).stream()
            .collect(Collectors.toMap(Replica::id, Function.identity()));
    long now = time.millis();
    List<ObservedWorkload> own = new ArrayList<>();
    Set<String> unknown = new HashSet<>();
    for (ObservedWorkload seen : news) {
      Replica replica = known.get(seen.id());
      if (replica == null) {
        unknown.add(seen.id());
      } else if (!Observed.of(seen, now).sameAs(replica.observed())) {
        own.add(seen);
      }
    }
    gone.stream().filter(known::containsKey).map(Observations::lost).forEach(own::add);
    if (!own.isEmpty()) {
      boolean made =
          database.write(handle -> {
            own.forEach(w -> keep(handle, nodeId, w, now));
            return own.stream().filter(w -> madeVolumes(handle, w)).count() > 0;
          });
      changed.run();
      if (made) {
        desiredChanged.run();
      }
    }
    return unknown.isEmpty() ? Set.of() : foreign(nodeId, unknown);
  }

  private static ObservedWorkload lost(String id) {
    String why = "its agent no longer reports it";
    return new ObservedWorkload(
        id, ObservedState.waiting, Health.unknown, why, null, 0, 0, null, 0);
  }

  /** Those that never were on this node: a removed replica may be reported a little longer. */
  private Set<String> foreign(String nodeId, Set<String> unknown) {
    return database.read(handle ->
        unknown.stream()
            .filter(id ->
                ReplicaStore.find(handle, id)
                    .filter(replica -> replica.nodeId().equals(nodeId))
                    .isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private void keep(Handle handle, String nodeId, ObservedWorkload seen, long now) {
    Replica was = ReplicaStore.find(handle, seen.id()).orElse(null);
    if (was == null || was.removedAt() != null) {
      return;
    }
    Observed next = Observed.of(seen, now);
    ReplicaStore.observe(handle, nodeId, seen.id(), next);
    String what = worthTelling(was.observed(), next);
    if (what != null) {
      DeploymentStore.find(handle, was.deploymentId())
          .flatMap(release -> ProjectStore.byId(handle, release.environmentId()))
          .ifPresent(app ->
              events.add(
                  handle,
                  now,
                  "replica.observed",
                  app.app(),
                  nodeId,
                  was.name(app.app()) + " " + what));
    }
  }

  /** A container that has started was on its volumes: they must never be made again. */
  private static boolean madeVolumes(Handle handle, ObservedWorkload seen) {
    if (seen.startedAtMillis() <= 0) {
      return false;
    }
    return ReplicaStore.find(handle, seen.id())
        .flatMap(replica -> DeploymentStore.find(handle, replica.deploymentId()))
        .filter(release -> !release.parsed().mounts().isEmpty())
        .flatMap(release ->
            ProjectStore.byId(handle, release.environmentId())
                .map(app -> Homes.volumes(handle, app, release.parsed())))
        .filter(volumes -> VolumeStore.made(handle, volumes))
        .isPresent();
  }

  private static @Nullable String worthTelling(Observed was, Observed next) {
    String why = next.reason() == null ? "" : ": " + next.reason();
    if (next.restarts() > was.restarts()) {
      return "ended"
          + (next.exitCode() == null ? "" : " with exit code " + next.exitCode())
          + " and was started again"
          + why;
    }
    if (next.state() == ObservedState.failed && was.state() != ObservedState.failed) {
      return "failed" + why;
    }
    if (next.health() != was.health() && next.health() != Health.unknown) {
      return "is " + next.health() + why;
    }
    return null;
  }
}
