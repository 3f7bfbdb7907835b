package dev.temps.control.deployment;

import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the ingress nodes have taken a change of routes, and writes down when: of a release
 * that takes over, and of replicas that left the routes. One that stays silent is waited for half a
 * minute. A new control plane begins to wait anew. Called from one loop.
 */
final class IngressWait {
  /** About as long as a machine without witnesses takes to count as down. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final Database database;
  private final Ingresses ingresses;
  private final Time time;
  private final Map<String, Long> marks = new HashMap<>();

  IngressWait(Database database, Ingresses ingresses, Time time) {
    this.database = database;
    this.ingresses = ingresses;
    this.time = time;
  }

  /** A change of routes that waits: of a release (switched) or a replica (retired). */
  record Waiting(String id, boolean release, long since) {}

  /**
   * Looks once.
   *
   * @return whether anything was written down
   */
  boolean step() {
    List<Waiting> waiting = database.read(IngressWait::waiting);
    marks.keySet().retainAll(waiting.stream().map(Waiting::id).collect(Collectors.toSet()));
    if (waiting.isEmpty()) {
      return false;
    }
    mark(waiting);
    long now = time.millis();
    Map<Long, Boolean> reached = new HashMap<>();
    Predicate<Waiting> over =
        w ->
            now - w.since() >= LIMIT.toMillis()
                || reached.computeIfAbsent(
                    marks.getOrDefault(w.id(), 0L), mark -> ingresses.behind(mark).isEmpty());
    List<Waiting> done = waiting.stream().filter(over).toList();
    if (!done.isEmpty()) {
      database.change(handle -> done.forEach(w -> write(handle, w, now)));
    }
    return !done.isEmpty();
  }

  private void mark(List<Waiting> waiting) {
    List<String> fresh =
        waiting.stream().map(Waiting::id).filter(id -> !marks.containsKey(id)).toList();
    if (!fresh.isEmpty()) {
      long mark = ingresses.mark();
      fresh.forEach(id -> marks.put(id, mark));
    }
  }

  /** Who has not taken the routes to a release, for people; empty when nobody is waited for. */
  List<String> behind(String releaseId) {
    Long mark = marks.get(releaseId);
    return mark == null ? List.of() : ingresses.behind(mark);
  }

  private static void write(Handle handle, Waiting waiting, long now) {
    if (waiting.release()) {
      DeploymentStore.routed(handle, waiting.id(), now);
    } else {
      ReplicaStore.unrouted(handle, waiting.id(), now);
    }
  }

  private static List<Waiting> waiting(Handle handle) {
    List<Waiting> all = new ArrayList<>();
    for (Deployment one : DeploymentStore.unrouted(handle)) {
      add(all, one.id(), true, one.switchedAt());
    }
    for (Replica one : ReplicaStore.leavingRoutes(handle)) {
      add(all, one.id(), false, one.retiredAt());
    }
    return all;
  }

  private static void add(List<Waiting> all, String id, boolean release, @Nullable Long since) {
    if (since != null) {
      all.add(new Waiting(id, release, since));
    }
  }
}
