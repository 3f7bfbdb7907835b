package dev.temps.sim;

import dev.temps.control.store.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store says of containers, read with SQL of its own: a judge shares no code. */
final class Rows {
  private static final String LIVING =
      """
      SELECT c.id, c.deployment_id, c.node_id, c.ordinal, c.desired, c.cpu_millis,
        c.memory_bytes, c.retired_at, c.observed_state, c.observed_health, d.state, d.reason,
        e.id AS app_id, e.app, e.desired AS app_desired, e.replicas, n.name, n.availability,
        n.removed_at AS node_gone
      FROM deployment_containers c
      JOIN deployments d ON d.id = c.deployment_id
      JOIN environments e ON e.id = d.environment_id
      JOIN nodes n ON n.id = c.node_id
      WHERE c.removed_at IS NULL
      ORDER BY c.id
      """;

  private Rows() {}

  /** One container that is not removed. */
  record Row(
      String id,
      String release,
      String node,
      int ordinal,
      boolean wanted,
      long cpuMillis,
      long memoryBytes,
      boolean staying,
      boolean healthy,
      String releaseState,
      @Nullable String releaseReason,
      String appId,
      String app,
      boolean appRuns,
      int replicas,
      String nodeName,
      String availability,
      boolean nodeGone) {
    boolean oneAtATime() {
      return !app.startsWith("a");
    }

    @Override
    public String toString() {
      return "%s #%d of a %s release on %s%s%s (%s)"
          .formatted(
              id,
              ordinal,
              releaseState,
              nodeName,
              staying ? "" : ", retired",
              healthy ? ", healthy" : "",
              releaseReason);
    }
  }

  static List<Row> living(Database database) {
    return database.read(handle ->
        handle
            .createQuery(LIVING)
            .map((r, _) ->
                new Row(
                    r.getString("id"),
                    r.getString("deployment_id"),
                    r.getString("node_id"),
                    r.getInt("ordinal"),
                    r.getString("desired").equals("running"),
                    r.getLong("cpu_millis"),
                    r.getLong("memory_bytes"),
                    r.getObject("retired_at") == null,
                    r.getString("observed_state").equals("running")
                        && r.getString("observed_health").equals("healthy"),
                    r.getString("state"),
                    r.getString("reason"),
                    r.getString("app_id"),
                    r.getString("app"),
                    r.getString("app_desired").equals("running"),
                    r.getInt("replicas"),
                    r.getString("name"),
                    r.getString("availability"),
                    r.getObject("node_gone") != null))
            .list());
  }
}
