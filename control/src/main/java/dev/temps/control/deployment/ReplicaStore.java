package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the table {@code deployment_containers} inside the caller's transaction.
 * Stateless.
 */
public final class ReplicaStore {
  private static final Duration KEPT_FOR = Duration.ofDays(90); // as events are

  private ReplicaStore() {}

  /** A row as it lies in the table. */
  private record Row(
      String id,
      String deploymentId,
      String nodeId,
      int ordinal,
      String address,
      Desired desired,
      long restartGeneration,
      long cpuMillis,
      long memoryBytes,
      String placedBecause,
      long createdAt,
      @Nullable Long retiredAt,
      @Nullable Long unroutedAt,
      @Nullable Long removedAt,
      ObservedState observedState,
      Health observedHealth,
      @Nullable String observedReason,
      int observedRestarts,
      @Nullable Integer observedExitCode,
      long observedGeneration,
      long observedStartedAt,
      long observedAt) {
    Replica replica() {
      return new Replica(
          id,
          deploymentId,
          nodeId,
          ordinal,
          address,
          desired,
          restartGeneration,
          cpuMillis,
          memoryBytes,
          placedBecause,
          createdAt,
          retiredAt,
          unroutedAt,
          removedAt,
          new Observed(
              observedState,
              observedHealth,
              observedReason,
              observedRestarts,
              observedExitCode,
              observedGeneration,
              observedStartedAt,
              observedAt));
    }
  }

  /** Adds a replica. */
  static void insert(Handle handle, Replica replica) {
    Observed seen = replica.observed();
    handle
        .createUpdate(
            """
            INSERT INTO deployment_containers (id, deployment_id, node_id, ordinal, address,
              desired, restart_generation, cpu_millis, memory_bytes, placed_because, created_at,
              observed_state, observed_health, observed_restarts, observed_generation,
              observed_started_at, observed_at)
            VALUES (:id, :deployment, :node, :ordinal, :address,
              :desired, :generation, :cpu, :memory, :because, :created,
              :state, :health, 0, 0, 0, :created)
            """)
        .bind("id", replica.id())
        .bind("deployment", replica.deploymentId())
        .bind("node", replica.nodeId())
        .bind("ordinal", replica.ordinal())
        .bind("address", replica.address())
        .bind("desired", replica.desired())
        .bind("generation", replica.restartGeneration())
        .bind("cpu", replica.cpuMillis())
        .bind("memory", replica.memoryBytes())
        .bind("because", replica.placedBecause())
        .bind("created", replica.createdAt())
        .bind("state", seen.state())
        .bind("health", seen.health())
        .execute();
  }

  /** All replicas that hold a place on a node, by creation. */
  public static List<Replica> living(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT * FROM deployment_containers WHERE removed_at IS NULL
            ORDER BY created_at, ordinal, id
            """)
        .mapTo(Row.class)
        .map(Row::replica)
        .list();
  }

  /** Replicas that hold a place on one node. */
  public static List<Replica> onNode(Handle handle, String nodeId) {
    return select(handle, "node_id = :key AND removed_at IS NULL", nodeId);
  }

  /** Replicas of one release that hold a place, by ordinal. */
  public static List<Replica> ofDeployment(Handle handle, String deploymentId) {
    return select(handle, "deployment_id = :key AND removed_at IS NULL", deploymentId);
  }

  private static List<Replica> select(Handle handle, String where, String key) {
    return handle
        .createQuery(
            "SELECT * FROM deployment_containers WHERE "
                + where
                + " ORDER BY ordinal, created_at, id")
        .bind("key", key)
        .mapTo(Row.class)
        .map(Row::replica)
        .list();
  }

  /** A replica by id, removed or not. */
  public static Optional<Replica> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM deployment_containers WHERE id = :id")
        .bind("id", id)
        .mapTo(Row.class)
        .findOne()
        .map(Row::replica);
  }

  /**
   * Forgets replicas that left so long ago that events of them are forgotten, too.
   *
   * @param most how many at most, so that one transaction stays short
   * @return how many; as many as {@code most} means that there may be more
   */
  public static int dropOld(Handle handle, long nowMillis, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM deployment_containers WHERE id IN
              (SELECT id FROM deployment_containers WHERE removed_at < :cut
               ORDER BY removed_at, id LIMIT :most)
            """)
        .bind("cut", nowMillis - KEPT_FOR.toMillis())
        .bind("most", most)
        .execute();
  }

  static void want(Handle handle, Replica replica, Desired desired) {
    handle
        .createUpdate(
            "UPDATE deployment_containers SET desired = :desired"
                + " WHERE id = :id AND removed_at IS NULL")
        .bind("desired", desired)
        .bind("id", replica.id())
        .execute();
  }

  static void restart(Handle handle, Replica replica, long generation) {
    handle
        .createUpdate(
            "UPDATE deployment_containers SET restart_generation = :generation"
                + " WHERE id = :id AND restart_generation < :generation")
        .bind("generation", generation)
        .bind("id", replica.id())
        .execute();
  }

  /** It stops for good; the generation tells the answer to this from older ones. */
  static void end(Handle handle, Replica replica, long generation) {
    handle
        .createUpdate(
            "UPDATE deployment_containers SET desired = 'stopped',"
                + " restart_generation = :generation WHERE id = :id AND removed_at IS NULL")
        .bind("generation", generation)
        .bind("id", replica.id())
        .execute();
  }

  static void retire(Handle handle, Replica replica, long nowMillis) {
    handle
        .createUpdate(
            "UPDATE deployment_containers SET retired_at = :now"
                + " WHERE id = :id AND retired_at IS NULL")
        .bind("now", nowMillis)
        .bind("id", replica.id())
        .execute();
  }

  /** All ingress nodes have left a retired replica. */
  static void unrouted(Handle handle, String id, long nowMillis) {
    handle
        .createUpdate(
            "UPDATE deployment_containers SET unrouted_at = :now"
                + " WHERE id = :id AND retired_at IS NOT NULL AND unrouted_at IS NULL")
        .bind("now", nowMillis)
        .bind("id", id)
        .execute();
  }

  static void remove(Handle handle, Replica replica, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE deployment_containers SET removed_at = :now,
              retired_at = COALESCE(retired_at, :now)
            WHERE id = :id AND removed_at IS NULL
            """)
        .bind("now", nowMillis)
        .bind("id", replica.id())
        .execute();
  }

  /** Keeps what a node's agent reported of a replica on that node. */
  static void observe(Handle handle, String nodeId, String id, Observed seen) {
    handle
        .createUpdate(
            """
            UPDATE deployment_containers SET observed_state = :state, observed_health = :health,
              observed_reason = :reason, observed_restarts = :restarts,
              observed_exit_code = :exitCode, observed_generation = :generation,
              observed_started_at = :startedAt, observed_at = :at
            WHERE id = :id AND node_id = :node
            """)
        .bind("state", seen.state())
        .bind("health", seen.health())
        .bind("reason", seen.reason())
        .bind("restarts", seen.restarts())
        .bind("exitCode", seen.exitCode())
        .bind("generation", seen.generation())
        .bind("startedAt", seen.startedAt())
        .bind("at", seen.at())
        .bind("id", id)
        .bind("node", nodeId)
        .execute();
  }
}
