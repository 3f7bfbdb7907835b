package dev.temps.control.mesh;

import dev.temps.control.node.MeshNumbers;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Gives containers their addresses, inside the caller's transaction. Thread-safe. */
public final class AddressBook {
  private static final Duration REST = Duration.ofMinutes(10);
  private static final Duration UNKNOWN_REST = Duration.ofDays(1);

  // A container that is taken away has ten seconds to end, and talks to its own until then.
  private static final Duration LEAVES_WITHIN = Duration.ofMinutes(1);

  private final Time time;

  /** A book whose rests are measured on the wall clock of {@code time}. */
  public AddressBook(Time time) {
    this.time = time;
  }

  /**
   * The lowest free address of a node's subnet, for as long as its owner lives. Asked again for the
   * same living owner, the answer is the same.
   *
   * @param ownerId the container's id
   * @param projectId whose the container is; null: of no project, so that no other reaches it
   * @throws dev.temps.kit.ProblemException 409 when the subnet is full
   */
  public String assign(Handle handle, String nodeId, String ownerId, @Nullable String projectId) {
    return handle
        .createQuery(
            """
            SELECT address FROM addresses
            WHERE owner_id = :owner AND node_id = :node AND released_at IS NULL
            """)
        .bind("owner", ownerId)
        .bind("node", nodeId)
        .mapTo(String.class)
        .findOne()
        .orElseGet(() -> assignNew(handle, nodeId, ownerId, projectId));
  }

  private String assignNew(
      Handle handle, String nodeId, String ownerId, @Nullable String projectId) {
    Node node =
        NodeStore.byId(handle, nodeId)
            .orElseThrow(() -> new IllegalArgumentException("no node " + nodeId));
    Set<String> taken = taken(handle, nodeId);
    for (int i = MeshNumbers.FIRST_CONTAINER; i <= MeshNumbers.LAST_CONTAINER; i++) {
      String address = MeshNumbers.inSubnet(node.meshIndex(), i);
      if (!taken.contains(address)) {
        take(handle, address, nodeId, ownerId, projectId);
        return address;
      }
    }
    throw Problem.conflict(
            "subnet-full",
            "The node has no free address for another container.",
            "Node " + node.name() + ": all of " + node.subnet() + " are in use or at rest.",
            "Use another node, or wait ten minutes for the addresses of removed containers.")
        .raise();
  }

  private Set<String> taken(Handle handle, String nodeId) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT address FROM addresses
                WHERE node_id = :node AND (released_at IS NULL OR released_at > :rested)
                """)
            .bind("node", nodeId)
            .bind("rested", time.millis() - REST.toMillis())
            .mapTo(String.class)
            .list());
  }

  private void take(
      Handle handle, String address, String nodeId, String ownerId, @Nullable String projectId) {
    handle
        .createUpdate(
            """
            INSERT INTO addresses (address, node_id, owner_id, project_id, assigned_at)
            VALUES (:address, :node, :owner, :project, :now)
            ON CONFLICT (address) DO UPDATE SET node_id = excluded.node_id,
              owner_id = excluded.owner_id, project_id = excluded.project_id,
              assigned_at = excluded.assigned_at, released_at = NULL
            """)
        .bind("address", address)
        .bind("node", nodeId)
        .bind("owner", ownerId)
        .bind("project", projectId)
        .bind("now", time.millis())
        .execute();
  }

  /** An address and the project whose container has it. */
  public record Owned(String address, String projectId) {}

  /**
   * What containers of projects have now, those included that were just taken away: they may still
   * be ending, and nobody else has their address for ten minutes.
   */
  public static List<Owned> owned(Handle handle, long nowMillis) {
    return handle
        .createQuery(
            """
            SELECT address, project_id FROM addresses
            WHERE project_id IS NOT NULL AND (released_at IS NULL OR released_at > :left)
            """)
        .bind("left", nowMillis - LEAVES_WITHIN.toMillis())
        .mapTo(Owned.class)
        .list();
  }

  /**
   * Lets the addresses that every node would give next rest for a day: a lost control plane may
   * have given them after its last snapshot, to containers that go on.
   *
   * @param count how many of each node
   */
  public void restNext(Handle handle, int count) {
    for (Node node : NodeStore.living(handle)) {
      Set<String> taken = taken(handle, node.id());
      int left = count;
      for (int i = MeshNumbers.FIRST_CONTAINER; i <= MeshNumbers.LAST_CONTAINER && left > 0; i++) {
        String address = MeshNumbers.inSubnet(node.meshIndex(), i);
        if (!taken.contains(address)) {
          take(handle, address, node.id(), "before the restore", null);
          restUntil(handle, address, time.millis() + UNKNOWN_REST.toMillis());
          left--;
        }
      }
    }
  }

  private static void restUntil(Handle handle, String address, long millis) {
    handle
        .createUpdate("UPDATE addresses SET released_at = :at WHERE address = :address")
        .bind("at", millis)
        .bind("address", address)
        .execute();
  }

  /** Gives back what an owner has; its ten minutes of rest begin. Doing it twice is fine. */
  public void release(Handle handle, String ownerId) {
    handle
        .createUpdate(
            """
            UPDATE addresses SET released_at = :now
            WHERE owner_id = :owner AND released_at IS NULL
            """)
        .bind("owner", ownerId)
        .bind("now", time.millis())
        .execute();
  }

  /**
   * Gives back what all owners have whose ids begin with a prefix, as {@link #release} does.
   *
   * @param prefix of ids, as given to {@code Ids.next}
   */
  public void releaseAll(Handle handle, String prefix) {
    handle
        .createUpdate(
            """
            UPDATE addresses SET released_at = :now
            WHERE owner_id LIKE :owners AND released_at IS NULL
            """)
        .bind("owners", prefix + "-%")
        .bind("now", time.millis())
        .execute();
  }
}
