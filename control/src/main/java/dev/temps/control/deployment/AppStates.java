package dev.temps.control.deployment;

import dev.temps.contract.agent.Lease;
import dev.temps.control.node.Liveness;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the state of apps as the planner and the screen look at it. Thread-safe. */
public final class AppStates {
  private final Fleet fleet;

  /** States with the nodes of {@code fleet}. */
  public AppStates(Fleet fleet) {
    this.fleet = fleet;
  }

  /** All living apps by name, in four queries. */
  public List<AppState> all(Handle handle, long nowMillis) {
    List<Environment> apps = ProjectStore.apps(handle);
    if (apps.isEmpty()) {
      return List.of();
    }
    Map<String, List<Replica>> replicas = new HashMap<>();
    Map<String, Integer> crowd = new HashMap<>();
    for (Replica replica : ReplicaStore.living(handle)) {
      replicas.computeIfAbsent(replica.deploymentId(), _ -> new ArrayList<>()).add(replica);
      crowd.merge(replica.nodeId(), 1, Integer::sum);
    }
    replicas.values().forEach(list -> list.sort(Comparator.comparingInt(Replica::ordinal)));
    Map<String, List<Release>> releases = new HashMap<>();
    for (Deployment one : DeploymentStore.live(handle)) {
      releases
          .computeIfAbsent(one.environmentId(), _ -> new ArrayList<>())
          .add(new Release(one, replicas.getOrDefault(one.id(), List.of())));
    }
    Around around = around(handle, crowd);
    return apps.stream()
        .map(app -> around.state(app, releases.getOrDefault(app.id(), List.of()), nowMillis))
        .toList();
  }

  /** The same of one living app, without reading the others; empty when there is none. */
  public Optional<AppState> one(Handle handle, String appId, long nowMillis) {
    return ProjectStore.byId(handle, appId)
        .filter(app -> app.removedAt() == null)
        .map(app -> {
          List<Release> releases =
              DeploymentStore.live(handle, appId).stream()
                  .map(d -> new Release(d, ReplicaStore.ofDeployment(handle, d.id())))
                  .toList();
          return around(handle, ReplicaStore.crowd(handle)).state(app, releases, nowMillis);
        });
  }

  /** What is the same for all apps; the collections are copied once, not for each of them. */
  private record Around(
      Set<String> silent,
      Set<String> emptying,
      Set<String> down,
      Set<String> lapsed,
      Map<String, String> names,
      Map<String, Integer> crowd) {
    AppState state(Environment app, List<Release> releases, long nowMillis) {
      return new AppState(app, releases, silent, emptying, down, lapsed, names, crowd, nowMillis);
    }
  }

  private Around around(Handle handle, Map<String, Integer> crowd) {
    List<Member> members = fleet.members(handle);
    return new Around(
        ids(members, m -> !m.heard()),
        ids(members, Member::emptying),
        ids(members, m -> m.liveness() == Liveness.down),
        ids(members, m -> !m.heard() && m.unheard().compareTo(Lease.OVER_AFTER) >= 0),
        members.stream()
            .collect(Collectors.toUnmodifiableMap(m -> m.node().id(), m -> m.node().name())),
        Map.copyOf(crowd));
  }

  private static Set<String> ids(List<Member> members, Predicate<Member> which) {
    return members.stream()
        .filter(which)
        .map(m -> m.node().id())
        .collect(Collectors.toUnmodifiableSet());
  }
}
