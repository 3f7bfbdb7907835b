package dev.temps.control.access;

/** What a caller may do; each may all that the next may. */
public enum Role {
  /** Everything, tokens of every role included. */
  owner,
  /** Nodes and everything that runs on them, the audit log, tokens up to its own role. */
  operator,
  /** Apps of its projects: deploy, scale, variables, logs, exec. */
  developer,
  /** Looking only; no logs, no exec, no values of variables. */
  viewer;

  /** Whether this role includes what {@code needed} may. */
  public boolean includes(Role needed) {
    return compareTo(needed) <= 0;
  }
}
