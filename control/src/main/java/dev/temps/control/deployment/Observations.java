package dev.temps.control.deployment;

import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.control.event.EventStore;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what agents report of replicas, only when it changed, only of replicas on the reporting
 * node. Thread-safe.
 */
public final class Observations {
  private final Database database;
  private final EventStore events;
  private final Time time;
  private final Runnable changed;
  private final Set<String> foreign = ConcurrentHashMap.newKeySet();

  /** Observations kept through the rooms of {@code parts}. */
  public Observations(DeploymentParts parts) {
    this.database = parts.database();
    this.events = parts.events();
    this.time = parts.time();
    this.changed = parts.changed();
  }

  /** A node's whole list of workloads. Ids that are not on this node change nothing. */
  public void heard(String nodeId, List<ObservedWorkload> workloads) {
    List<Replica> there = database.read(h -> ReplicaStore.onNode(h, nodeId));
    Map<String, Replica> known =
        there.stream().collect(Collectors.toMap(Replica::id, Function.identity()));
    long now = time.millis();
    List<ObservedWorkload> news =
        workloads.stream().filter(w -> isNews(nodeId, known.get(w.id()), w, now)).toList();
    if (news.isEmpty()) {
      return;
    }
    database.change(handle -> news.forEach(w -> keep(handle, nodeId, w, now)));
    changed.run();
  }

  private boolean isNews(
      String nodeId, @Nullable Replica replica, ObservedWorkload seen, long now) {
    if (replica == null) {
      accuse(nodeId, seen.id(), now);
      return false;
    }
    return !Observed.of(seen, now).sameAs(replica.observed());
  }

  private void accuse(String nodeId, String id, long now) {
    if (!foreign.add(nodeId + "/" + id)) {
      return;
    }
    database
        .read(h -> ReplicaStore.find(h, id))
        .filter(r -> !r.nodeId().equals(nodeId))
        .ifPresent(r -> {
          String why = "its agent reported " + id + ", which is on another node; ignored";
          database.change(h -> events.add(h, now, "node.foreign-report", nodeId, nodeId, why));
        });
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
