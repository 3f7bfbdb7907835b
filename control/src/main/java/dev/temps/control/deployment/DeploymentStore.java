package dev.temps.control.deployment;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code deployments} inside the caller's transaction. Stateless. */
public final class DeploymentStore {
  private DeploymentStore() {}

  /** Adds a release. */
  static void insert(Handle handle, Deployment deployment) {
    handle
        .createUpdate(
            """
            INSERT INTO deployments (id, environment_id, number, image, digest, local_image_id,
              settings, env_sealed, state, created_by, created_at, version, rollback_of)
            VALUES (:id, :environmentId, :number, :image, :digest, :localImageId,
              :settings, :envSealed, :state, :createdBy, :createdAt, 0, :rollbackOf)
            """)
        .bind("id", deployment.id())
        .bind("environmentId", deployment.environmentId())
        .bind("number", deployment.number())
        .bind("image", deployment.image())
        .bind("digest", deployment.digest())
        .bind("localImageId", deployment.localImageId())
        .bind("settings", deployment.settings())
        .bind("envSealed", deployment.envSealed())
        .bind("state", deployment.state())
        .bind("createdBy", deployment.createdBy())
        .bind("createdAt", deployment.createdAt())
        .bind("rollbackOf", deployment.rollbackOf())
        .execute();
  }

  /** A release by id. */
  public static Optional<Deployment> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM deployments WHERE id = :id")
        .bind("id", id)
        .mapTo(Deployment.class)
        .findOne();
  }

  /** Releases, youngest first; of one app when {@code environmentId} is given. */
  public static List<Deployment> list(Handle handle, @Nullable String environmentId, int limit) {
    var query =
        handle.createQuery(
            "SELECT * FROM deployments"
                + (environmentId == null ? "" : " WHERE environment_id = :environment")
                + " ORDER BY created_at DESC, number DESC LIMIT :limit");
    query.bind("limit", limit);
    if (environmentId != null) {
      query.bind("environment", environmentId);
    }
    return query.mapTo(Deployment.class).list();
  }

  private static final String LIVE =
      """
      SELECT d.* FROM deployments d JOIN environments e ON e.id = d.environment_id
      WHERE e.removed_at IS NULL AND (d.state IN ('starting', 'serving') OR EXISTS
        (SELECT 1 FROM deployment_containers c
         WHERE c.deployment_id = d.id AND c.removed_at IS NULL))
      """;

  /** Releases of living apps that have not ended or still have replicas, oldest first. */
  public static List<Deployment> live(Handle handle) {
    return handle.createQuery(LIVE + "ORDER BY d.number").mapTo(Deployment.class).list();
  }

  /** The same of one app. */
  static List<Deployment> live(Handle handle, String environmentId) {
    return handle
        .createQuery(LIVE + "AND d.environment_id = :environment ORDER BY d.number")
        .bind("environment", environmentId)
        .mapTo(Deployment.class)
        .list();
  }

  /**
   * Ids of the apps with a release that has not ended and whose settings hold a text.
   *
   * @param text without the signs LIKE knows
   */
  static List<String> environmentsWith(Handle handle, String text) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT environment_id FROM deployments
            WHERE state IN ('starting', 'serving') AND settings LIKE :text
            """)
        .bind("text", "%" + text + "%")
        .mapTo(String.class)
        .list();
  }

  /** Releases that have replicas on a node. */
  static List<Deployment> onNode(Handle handle, String nodeId) {
    return handle
        .createQuery(
            """
            SELECT * FROM deployments WHERE id IN (SELECT deployment_id FROM deployment_containers
              WHERE node_id = :node AND removed_at IS NULL)
            """)
        .bind("node", nodeId)
        .mapTo(Deployment.class)
        .list();
  }

  /** Releases that have neither taken over nor ended, oldest first. */
  static List<Deployment> starting(Handle handle) {
    return handle
        .createQuery("SELECT * FROM deployments WHERE state = 'starting' ORDER BY created_at, id")
        .mapTo(Deployment.class)
        .list();
  }

  /** Releases the routes lead to that not all ingress nodes are known to have taken. */
  static List<Deployment> unrouted(Handle handle) {
    return handle
        .createQuery(
            LIVE
                + "AND d.state IN ('starting', 'serving')"
                + " AND d.switched_at IS NOT NULL AND d.routed_at IS NULL ORDER BY d.number")
        .mapTo(Deployment.class)
        .list();
  }

  /** The release people mean by what is there now: the youngest that has not ended, or at all. */
  static Optional<Deployment> youngest(Handle handle, String environmentId) {
    return handle
        .createQuery(
            """
            SELECT * FROM deployments WHERE environment_id = :environment
            ORDER BY CASE WHEN state IN ('serving', 'starting') THEN 0 ELSE 1 END, number DESC
            LIMIT 1
            """)
        .bind("environment", environmentId)
        .mapTo(Deployment.class)
        .findOne();
  }

  /** The release the routes of an app lead to, or the last one if they lead to none. */
  public static Optional<Deployment> current(Handle handle, String environmentId) {
    return handle
        .createQuery(
            """
            SELECT * FROM deployments WHERE environment_id = :environment
            ORDER BY CASE WHEN state = 'starting' AND switched_at IS NOT NULL THEN 0
              WHEN state = 'serving' THEN 1 WHEN state = 'starting' THEN 2 ELSE 3 END,
              number DESC
            LIMIT 1
            """)
        .bind("environment", environmentId)
        .mapTo(Deployment.class)
        .findOne();
  }

  /**
   * Moves a release forward, if it is still in the state it was read in.
   *
   * @return whether it was
   */
  static boolean move(
      Handle handle, Deployment from, DeploymentState to, String reason, long nowMillis) {
    return handle
            .createUpdate(
                """
                UPDATE deployments SET state = :to, reason = :reason,
                  finished_at = COALESCE(finished_at, :now), version = version + 1,
                  served_at = COALESCE(served_at, CASE WHEN :serves = 1 THEN :now END)
                WHERE id = :id AND state = :from
                """)
            .bind("to", to)
            .bind("reason", reason)
            .bind("now", nowMillis)
            .bind("serves", to == DeploymentState.serving ? 1 : 0)
            .bind("id", from.id())
            .bind("from", from.state())
            .execute()
        == 1;
  }

  /** The routes lead to a release from now on, while the one before still stands by. */
  static void switchTo(Handle handle, Deployment release, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE deployments SET switched_at = :now, version = version + 1
            WHERE id = :id AND state = 'starting' AND switched_at IS NULL
            """)
        .bind("now", nowMillis)
        .bind("id", release.id())
        .execute();
  }

  /** All ingress nodes have taken the routes to a release. */
  static void routed(Handle handle, String id, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE deployments SET routed_at = :now, version = version + 1
            WHERE id = :id AND switched_at IS NOT NULL AND routed_at IS NULL
            """)
        .bind("now", nowMillis)
        .bind("id", id)
        .execute();
  }

  /** Says why a release doesn't get on, without moving it. */
  static void note(Handle handle, Deployment release, String reason) {
    handle
        .createUpdate(
            """
            UPDATE deployments SET reason = :reason, version = version + 1
            WHERE id = :id AND state = :state
            """)
        .bind("reason", reason)
        .bind("id", release.id())
        .bind("state", release.state())
        .execute();
  }
}
