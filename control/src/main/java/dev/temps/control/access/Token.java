package dev.temps.control.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API token as the store holds it, without its secret.
 *
 * @param createdBy name of the token it was made with
 * @param lastUsedAt wall clock, up to a minute behind; null for never
 */
public record Token(
    String id,
    String name,
    Grant grant,
    String createdBy,
    long createdAt,
    @Nullable Long revokedAt,
    @Nullable Long lastUsedAt) {

  /** What has become of it. */
  public enum State {
    active,
    expired,
    revoked
  }

  /** Its state at a time. */
  public State state(long nowMillis) {
    if (revokedAt != null) {
      return State.revoked;
    }
    Long ends = grant.endsAt();
    return ends != null && ends <= nowMillis ? State.expired : State.active;
  }

  /** A row of the table. */
  record Row(
      String id,
      String name,
      Role role,
      String projects,
      String secretHash,
      String createdBy,
      long createdAt,
      @Nullable Long expiresAt,
      @Nullable Long revokedAt,
      @Nullable Long lastUsedAt) {

    Token token() {
      Grant grant = new Grant(role, Set.copyOf(TokenStore.projects(projects)), expiresAt);
      return new Token(id, name, grant, createdBy, createdAt, revokedAt, lastUsedAt);
    }
  }
}
