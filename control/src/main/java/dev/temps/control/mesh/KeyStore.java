package dev.temps.control.mesh;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of the table {@code mesh_keys}, inside the caller's transaction. Stateless. */
final class KeyStore {
  private KeyStore() {}

  static List<KeyRow> all(Handle handle) {
    return handle
        .createQuery("SELECT node_id, next_key, turn_at FROM mesh_keys ORDER BY node_id")
        .mapTo(KeyRow.class)
        .list();
  }

  static Optional<KeyRow> find(Handle handle, String nodeId) {
    return handle
        .createQuery("SELECT node_id, next_key, turn_at FROM mesh_keys WHERE node_id = :node")
        .bind("node", nodeId)
        .mapTo(KeyRow.class)
        .findOne();
  }

  static void put(Handle handle, String nodeId, @Nullable String nextKey, @Nullable Long turnAt) {
    handle
        .createUpdate(
            """
            INSERT INTO mesh_keys (node_id, next_key, turn_at) VALUES (:node, :next, :turn)
            ON CONFLICT (node_id)
              DO UPDATE SET next_key = excluded.next_key, turn_at = excluded.turn_at
            """)
        .bind("node", nodeId)
        .bind("next", nextKey)
        .bind("turn", turnAt)
        .execute();
  }

  static void remove(Handle handle, String nodeId) {
    handle
        .createUpdate("DELETE FROM mesh_keys WHERE node_id = :node")
        .bind("node", nodeId)
        .execute();
  }
}
