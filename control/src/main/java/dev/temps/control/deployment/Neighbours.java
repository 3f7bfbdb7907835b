package dev.temps.control.deployment;

import dev.temps.control.scheduler.Affinity;
import dev.temps.control.scheduler.Occupant;
import dev.temps.control.scheduler.WorkloadName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The places that replicas hold, with whose they are and whom they shun, so that others can be
 * placed near or apart from them. As the transaction that reads them sees it.
 */
final class Neighbours {
  private static final String RETIRED = "";

  // Settings are read only where there is something to read: a cluster has thousands of releases.
  private static final String PLACES =
      """
      SELECT c.node_id, c.deployment_id, c.retired_at, c.cpu_millis, c.memory_bytes, e.app,
        CASE WHEN d.settings LIKE :shuns THEN d.settings END AS settings
      FROM deployment_containers c
        JOIN deployments d ON d.id = c.deployment_id
        JOIN environments e ON e.id = d.environment_id
      WHERE c.removed_at IS NULL
      ORDER BY c.id
      """;

  private final Map<String, Known> byRelease = new HashMap<>();

  private record Known(WorkloadName name, List<Affinity> shuns) {}

  private Neighbours() {}

  /** All places that are held, in the same order every time. */
  static List<Occupant> all(Handle handle) {
    return without(handle, Set.of());
  }

  /** As if the replicas of some releases were not there. */
  static List<Occupant> without(Handle handle, Set<String> releases) {
    Neighbours known = new Neighbours();
    // By hand: twenty thousand rows are read for every placement.
    return handle
        .createQuery(PLACES)
        .bind("shuns", "%" + PlacementSettings.SHUNS + "%")
        .map((row, _) -> known.occupant(row))
        .filter(one -> !releases.contains(one.release()))
        .map(Place::occupant)
        .list();
  }

  private record Place(String release, Occupant occupant) {}

  private Place occupant(ResultSet row) throws SQLException {
    String release = row.getString("deployment_id");
    Known known = byRelease.get(release);
    if (known == null) {
      known = known(row.getString("app"), row.getString("settings"));
      byRelease.put(release, known);
    }
    row.getLong("retired_at");
    boolean staying = row.wasNull();
    return new Place(
        release,
        new Occupant(
            row.getString("node_id"),
            staying ? release : RETIRED,
            known.name(),
            row.getLong("cpu_millis"),
            row.getLong("memory_bytes"),
            0,
            Set.of(),
            known.shuns()));
  }

  private static Known known(String app, @Nullable String settings) {
    PlacementSettings wishes = settings == null ? null : ParsedSettings.of(settings).placement();
    List<Affinity> shuns =
        wishes == null
            ? List.of()
            : wishes.apart().stream().map(a -> Affinity.apart(WorkloadName.app(a))).toList();
    return new Known(WorkloadName.app(app), shuns);
  }
}
