package dev.temps.control.deployment;

import dev.temps.contract.json.Json;
import dev.temps.control.scheduler.Affinity;
import dev.temps.control.scheduler.Occupant;
import dev.temps.control.scheduler.WorkloadName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Whose the replicas are that hold places, and whom they shun, so that others can be placed near or
 * apart from them. As the transaction that read it sees it.
 */
final class Neighbours {
  // Settings are read only where there is something to read: a cluster has thousands of releases.
  private static final String SHUNS = "\"apart\":[\"";
  private static final String RETIRED = "";

  private final Map<String, Known> byRelease = new HashMap<>();

  private record Row(String id, String app, String settings) {}

  private record Known(WorkloadName name, List<Affinity> shuns) {}

  private Neighbours() {}

  /** Of all releases that have replicas. */
  static Neighbours of(Handle handle) {
    Neighbours all = new Neighbours();
    handle
        .createQuery(
            """
            SELECT d.id, e.app, d.settings
            FROM deployments d JOIN environments e ON e.id = d.environment_id
            WHERE EXISTS (SELECT 1 FROM deployment_containers c
              WHERE c.deployment_id = d.id AND c.removed_at IS NULL)
            """)
        .mapTo(Row.class)
        .forEach(row -> all.byRelease.put(row.id(), known(row)));
    return all;
  }

  private static Known known(Row row) {
    List<Affinity> shuns = List.of();
    if (row.settings().contains(SHUNS)) {
      PlacementSettings wishes = Json.read(ReleaseSettings.class, row.settings()).placement();
      shuns =
          wishes == null
              ? shuns
              : wishes.apart().stream().map(a -> Affinity.apart(WorkloadName.app(a))).toList();
    }
    return new Known(WorkloadName.app(row.app()), shuns);
  }

  /** The place a replica holds. */
  Occupant occupant(Replica replica) {
    Known known = byRelease.get(replica.deploymentId());
    return new Occupant(
        replica.nodeId(),
        replica.staying() ? replica.deploymentId() : RETIRED,
        known == null ? null : known.name(),
        replica.cpuMillis(),
        replica.memoryBytes(),
        0,
        Set.of(),
        known == null ? List.of() : known.shuns());
  }
}
