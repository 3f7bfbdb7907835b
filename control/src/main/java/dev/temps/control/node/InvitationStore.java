package dev.temps.control.node;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of the table {@code join_tokens}, inside the caller's transaction. Stateless. */
final class InvitationStore {
  /** Author of the control plane's invitations to its own machine; no person has this name. */
  static final String LOCAL = "(control plane)";

  private InvitationStore() {}

  private record Row(
      String id,
      @Nullable String name,
      String labels,
      String createdBy,
      long createdAt,
      long expiresAt,
      @Nullable String usedKey,
      @Nullable Long usedAt,
      @Nullable String usedNode,
      @Nullable Long revokedAt) {
    Invitation invitation() {
      return new Invitation(
          id,
          name,
          Columns.map(labels),
          createdBy.equals(LOCAL),
          createdBy,
          createdAt,
          expiresAt,
          usedKey,
          usedAt,
          usedNode,
          revokedAt);
    }
  }

  static void insert(Handle handle, Invitation invitation, String secretHash) {
    handle
        .createUpdate(
            """
            INSERT INTO join_tokens
              (id, secret_hash, name, labels, created_by, created_at, expires_at)
            VALUES (:id, :hash, :name, :labels, :by, :at, :expires)
            """)
        .bind("id", invitation.id())
        .bind("hash", secretHash)
        .bind("name", invitation.name())
        .bind("labels", Columns.map(invitation.labels()))
        .bind("by", invitation.createdBy())
        .bind("at", invitation.createdAt())
        .bind("expires", invitation.expiresAt())
        .execute();
  }

  static List<Invitation> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM join_tokens ORDER BY created_at DESC, id LIMIT 1000")
        .mapTo(Row.class)
        .map(Row::invitation)
        .list();
  }

  static Optional<Invitation> byHash(Handle handle, String hash) {
    return one(handle, "SELECT * FROM join_tokens WHERE secret_hash = :value", hash);
  }

  static Optional<Invitation> byId(Handle handle, String id) {
    return one(handle, "SELECT * FROM join_tokens WHERE id = :value", id);
  }

  private static Optional<Invitation> one(Handle handle, String sql, String value) {
    return handle
        .createQuery(sql)
        .bind("value", value)
        .mapTo(Row.class)
        .findOne()
        .map(Row::invitation);
  }

  /** Binds an open invitation to a key; false when it was bound, or revoked, meanwhile. */
  static boolean bind(Handle handle, String id, String key, String nodeId, long nowMillis) {
    return handle
            .createUpdate(
                """
                UPDATE join_tokens SET used_key = :key, used_at = :now, used_node = :node
                WHERE id = :id AND used_key IS NULL AND revoked_at IS NULL
                """)
            .bind("id", id)
            .bind("key", key)
            .bind("node", nodeId)
            .bind("now", nowMillis)
            .execute()
        == 1;
  }

  static void revoke(Handle handle, String id, long nowMillis) {
    handle
        .createUpdate("UPDATE join_tokens SET revoked_at = :now WHERE id = :id")
        .bind("id", id)
        .bind("now", nowMillis)
        .execute();
  }
}
