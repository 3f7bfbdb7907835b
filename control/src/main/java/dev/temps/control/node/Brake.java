package dev.temps.control.node;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether so many nodes fell silent together that the control plane itself is the likelier one to
 * be cut off: then nothing moves until a majority is back, or somebody who can see the machines
 * says which are lost. Pure.
 *
 * @param on whether it holds
 * @param held the nodes it is about, heard and silent ones; empty when it is off
 */
record Brake(boolean on, Set<String> held) {
  static final Brake OFF = new Brake(false, Set.of());

  /** A majority of two is no majority: with fewer nodes thirty seconds of silence decide. */
  private static final int NODES_MIN = 3;

  /** Only silences that began within this time belong together. */
  private static final Duration TOGETHER = Duration.ofSeconds(30);

  Brake {
    held = Set.copyOf(held);
  }

  /**
   * One node now.
   *
   * @param counts whether it was ready lately; one whose mesh was never proven doesn't count
   */
  record Sight(String nodeId, boolean counts, boolean heard, Duration silence) {
    boolean silentLately() {
      return !heard && silence.compareTo(TOGETHER) <= 0;
    }
  }

  /** The brake after a look at all nodes but drained ones and those declared lost. */
  Brake after(Collection<Sight> nodes) {
    Set<String> counted = new HashSet<>();
    int heard = 0;
    for (Sight node : nodes) {
      boolean lately = node.counts() && (node.heard() || node.silentLately());
      if (lately || held.contains(node.nodeId())) {
        counted.add(node.nodeId());
        heard += node.heard() ? 1 : 0;
      }
    }
    boolean majority = heard * 2 > counted.size();
    boolean holds = !majority && (on ? !counted.isEmpty() : counted.size() >= NODES_MIN);
    return holds ? new Brake(true, counted) : OFF;
  }
}
