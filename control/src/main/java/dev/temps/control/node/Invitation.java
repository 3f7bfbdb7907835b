package dev.temps.control.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A join token as the store holds it, without its secret.
 *
 * @param name the node that uses it will have this name, null: free
 * @param local made by the control plane for the machine it runs on
 * @param usedKey identity key it is bound to, null while open
 * @param usedNode id of the node that used it
 */
public record Invitation(
    String id,
    @Nullable String name,
    Map<String, String> labels,
    boolean local,
    String createdBy,
    long createdAt,
    long expiresAt,
    @Nullable String usedKey,
    @Nullable Long usedAt,
    @Nullable String usedNode,
    @Nullable Long revokedAt) {

  /** What has become of it. */
  public enum State {
    open,
    used,
    expired,
    revoked
  }

  /** Its state at a time. */
  public State state(long nowMillis) {
    if (revokedAt != null) {
      return State.revoked;
    }
    if (usedKey != null) {
      return State.used;
    }
    return expiresAt <= nowMillis ? State.expired : State.open;
  }
}
