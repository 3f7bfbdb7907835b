package dev.temps.agent.name;

import java.util.Set;

/**
 * What this node itself finds wrong with members that the control plane counts on.
 *
 * @param down addresses the ingress here finds down
 * @param silent nodes that haven't answered for some seconds
 * @param lost those of them that haven't for so long that open connections are given up, too
 */
record Health(Set<String> down, Set<String> silent, Set<String> lost) {
  static final Health WELL = new Health(Set.of(), Set.of(), Set.of());

  Health {
    down = Set.copyOf(down);
    silent = Set.copyOf(silent);
    lost = Set.copyOf(lost);
  }
}
