package dev.temps.control.node;

/** The operator's wish for a node; apart from what is observed. */
public enum Availability {
  /** New workloads may come. */
  active,
  /** What runs stays, nothing new comes. */
  cordoned,
  /** What runs is being moved away. */
  draining,
  /** Nothing runs here any more. */
  drained
}
