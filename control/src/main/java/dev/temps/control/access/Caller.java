package dev.temps.control.access;

import dev.temps.kit.Problem;

/**
 * Who makes a request.
 *
 * @param tokenId id of the token it showed
 * @param name of the token, for the audit log
 */
public record Caller(String tokenId, String name, Grant grant) {
  /** What its token may do at most. */
  public Role role() {
    return grant.role();
  }

  /**
   * Nothing happens when the caller's role includes {@code needed}.
   *
   * @throws dev.temps.kit.ProblemException 403 when it doesn't
   */
  public void must(Role needed) {
    if (!role().includes(needed)) {
      throw Problem.of(
              "forbidden",
              403,
              "This token may not do that.",
              "It has the role " + role() + "; this needs " + needed + ".",
              "Use another token (temps login), or ask an owner for one.")
          .raise();
    }
  }
}
