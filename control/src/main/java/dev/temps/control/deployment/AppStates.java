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
    List<Member> members = fleet.members(handle);
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
    Set<String> silent = ids(members, m -> !m.heard());
    Set<String> emptying = ids(members, Member::emptying);
    Set<String> down = ids(members, m -> m.liveness() == Liveness.down);
    Set<String> lapsed =
        ids(members, m -> !m.heard() && m.unheard().compareTo(Lease.OVER_AFTER) >= 0);
    Map<String, String> names =
        members.stream()
            .collect(Collectors.toUnmodifiableMap(m -> m.node().id(), m -> m.node().name()));
    List<AppState> states = new ArrayList<>();
    for (Environment app : apps) {
      List<Release> own = releases.getOrDefault(app.id(), List.of());
      states.add(new AppState(app, own, silent, emptying, down, lapsed, names, crowd, nowMillis));
    }
    return states;
  }

  private static Set<String> ids(List<Member> members, Predicate<Member> which) {
    return members.stream()
        .filter(which)
        .map(m -> m.node().id())
        .collect(Collectors.toUnmodifiableSet());
  }
}
