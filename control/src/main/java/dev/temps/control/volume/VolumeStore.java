package dev.temps.control.volume;

import dev.temps.contract.agent.RemovedVolume;
import dev.temps.control.project.Environment;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads and writes the table {@code volumes} inside the caller's transaction. Stateless. */
public final class VolumeStore {
  // Long enough for a machine to come back and hear of it; one that is away longer keeps the files.
  private static final Duration TOLD = Duration.ofDays(30);

  private VolumeStore() {}

  /** Living volumes of an environment, by name. */
  public static List<Volume> of(Handle handle, Environment app) {
    return list(
        handle
            .createQuery(
                """
                SELECT * FROM volumes
                WHERE project = :project AND environment = :environment AND removed_at IS NULL
                ORDER BY name
                """)
            .bind("project", app.project())
            .bind("environment", app.name()));
  }

  /** All living volumes, by app and name. */
  public static List<Volume> living(Handle handle) {
    return list(
        handle.createQuery("SELECT * FROM volumes WHERE removed_at IS NULL ORDER BY app, name"));
  }

  /** Living volumes whose data a node has. */
  public static List<Volume> on(Handle handle, String nodeId) {
    return list(
        handle
            .createQuery(
                """
                SELECT * FROM volumes
                WHERE node_id = :node AND removed_at IS NULL AND state <> 'lost'
                ORDER BY app, name
                """)
            .bind("node", nodeId));
  }

  private static List<Volume> list(Query query) {
    return query.mapTo(Volume.class).list();
  }

  /**
   * Begins a life of an environment's volume on a node: the first one, or the next after those that
   * have ended.
   *
   * @param freshId its id if it never lived
   */
  public static Volume begin(
      Handle handle, Environment app, String name, String nodeId, String freshId, long nowMillis) {
    List<Volume> before =
        list(
            handle
                .createQuery(
                    """
                    SELECT * FROM volumes
                    WHERE project = :project AND environment = :environment AND name = :name
                    ORDER BY generation DESC LIMIT 1
                    """)
                .bind("project", app.project())
                .bind("environment", app.name())
                .bind("name", name));
    Volume next =
        new Volume(
            before.isEmpty() ? freshId : before.getFirst().id(),
            before.isEmpty() ? 1 : before.getFirst().generation() + 1,
            app.project(),
            app.name(),
            app.app(),
            name,
            nodeId,
            VolumeState.placed,
            nowMillis,
            null);
    insert(handle, next);
    return next;
  }

  private static void insert(Handle handle, Volume volume) {
    handle
        .createUpdate(
            """
            INSERT INTO volumes (id, generation, project, environment, app, name, node_id, state,
              created_at)
            VALUES (:id, :generation, :project, :environment, :app, :name, :node, :state, :created)
            """)
        .bind("id", volume.id())
        .bind("generation", volume.generation())
        .bind("project", volume.project())
        .bind("environment", volume.environment())
        .bind("app", volume.app())
        .bind("name", volume.name())
        .bind("node", volume.nodeId())
        .bind("state", volume.state())
        .bind("created", volume.createdAt())
        .execute();
  }

  /**
   * A container was seen on these.
   *
   * @return whether that was news
   */
  public static boolean made(Handle handle, List<Volume> volumes) {
    boolean any = false;
    for (Volume volume : volumes) {
      any |= state(handle, volume, VolumeState.placed, VolumeState.made);
    }
    return any;
  }

  /** The data went with its node. */
  public static void lost(Handle handle, Volume volume) {
    state(handle, volume, volume.state(), VolumeState.lost);
  }

  private static boolean state(Handle handle, Volume volume, VolumeState from, VolumeState to) {
    return handle
            .createUpdate(
                """
                UPDATE volumes SET state = :to
                WHERE id = :id AND generation = :generation AND state = :from
                  AND removed_at IS NULL
                """)
            .bind("to", to)
            .bind("from", from)
            .bind("id", volume.id())
            .bind("generation", volume.generation())
            .execute()
        == 1;
  }

  /** Ends this life of a volume. */
  public static void remove(Handle handle, Volume volume, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE volumes SET removed_at = :now
            WHERE id = :id AND generation = :generation AND removed_at IS NULL
            """)
        .bind("now", nowMillis)
        .bind("id", volume.id())
        .bind("generation", volume.generation())
        .execute();
  }

  /** Volumes a node must set aside, by id; those removed long ago are not told any more. */
  public static List<RemovedVolume> removedOn(Handle handle, String nodeId, long nowMillis) {
    return handle
        .createQuery(
            """
            SELECT id, MAX(generation) AS generation FROM volumes
            WHERE node_id = :node AND removed_at > :since
            GROUP BY id ORDER BY id
            """)
        .bind("node", nodeId)
        .bind("since", nowMillis - TOLD.toMillis())
        .map((row, _) -> new RemovedVolume(row.getString("id"), row.getInt("generation")))
        .list();
  }
}
