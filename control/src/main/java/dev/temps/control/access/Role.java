package dev.temps.control.access;

/** What a caller may do; each may all that the next may. */
public enum Role {
  /** Everything, tokens and members included. */
  owner,
  /** Nodes and everything that runs on them. */
  operator,
  /** Apps: deploy, scale, logs, exec. */
  developer,
  /** Looking only. */
  viewer;

  /** Whether this role includes what {@code needed} may. */
  public boolean includes(Role needed) {
    return compareTo(needed) <= 0;
  }
}
