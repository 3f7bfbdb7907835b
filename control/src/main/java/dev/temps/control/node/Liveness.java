package dev.temps.control.node;

/** What is observed of a node; apart from the operator's wish. */
public enum Liveness {
  /** Registered; its mesh has not been proven since it booted. */
  pending,
  /** Reports, and its mesh was proven. */
  ready,
  /** Missed three reports; nothing is changed because of it. */
  suspect,
  /**
   * Silent, and its witnesses don't reach it either; without witnesses, silent for thirty seconds;
   * or declared lost.
   */
  down
}
