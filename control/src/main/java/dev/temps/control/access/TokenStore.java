package dev.temps.control.access;

import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code api_tokens} inside the caller's transaction. Stateless. */
final class TokenStore {
  private static final int SHOWN_MAX = 1_000;
  private static final JsonType<List<String>> LIST =
      Jsonb.builder().build().type(String.class).list();

  private TokenStore() {}

  static List<String> projects(String json) {
    return LIST.fromJson(json);
  }

  static void insert(Handle handle, Token token, String secretHash) {
    handle
        .createUpdate(
            """
            INSERT INTO api_tokens
              (id, name, role, projects, secret_hash, created_by, created_at, expires_at)
            VALUES (:id, :name, :role, :projects, :hash, :by, :now, :ends)
            """)
        .bind("id", token.id())
        .bind("name", token.name())
        .bind("role", token.grant().role())
        .bind("projects", LIST.toJson(token.grant().projects().stream().sorted().toList()))
        .bind("hash", secretHash)
        .bind("by", token.createdBy())
        .bind("now", token.createdAt())
        .bind("ends", token.grant().endsAt())
        .execute();
  }

  static Optional<Token.Row> byHash(Handle handle, String hash) {
    return handle
        .createQuery("SELECT * FROM api_tokens WHERE secret_hash = :hash")
        .bind("hash", hash)
        .mapTo(Token.Row.class)
        .findOne();
  }

  /** By id, or the living one of that name. */
  static Optional<Token> find(Handle handle, String nameOrId) {
    return handle
        .createQuery(
            """
            SELECT * FROM api_tokens WHERE id = :key OR (name = :key AND revoked_at IS NULL)
            ORDER BY CASE WHEN id = :key THEN 0 ELSE 1 END
            """)
        .bind("key", nameOrId)
        .mapTo(Token.Row.class)
        .findFirst()
        .map(Token.Row::token);
  }

  /** The newest thousand, newest first. */
  static List<Token> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM api_tokens ORDER BY created_at DESC, id LIMIT :most")
        .bind("most", SHOWN_MAX)
        .mapTo(Token.Row.class)
        .map(Token.Row::token)
        .list();
  }

  /** Living owner tokens that never end. */
  static int lastingOwners(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM api_tokens
            WHERE role = :owner AND revoked_at IS NULL AND expires_at IS NULL
            """)
        .bind("owner", Role.owner)
        .mapTo(Integer.class)
        .one();
  }

  static void revoke(Handle handle, String id, long nowMillis) {
    handle
        .createUpdate("UPDATE api_tokens SET revoked_at = :now WHERE id = :id")
        .bind("now", nowMillis)
        .bind("id", id)
        .execute();
  }

  static void used(Handle handle, String id, long nowMillis) {
    handle
        .createUpdate("UPDATE api_tokens SET last_used_at = :now WHERE id = :id")
        .bind("now", nowMillis)
        .bind("id", id)
        .execute();
  }
}
