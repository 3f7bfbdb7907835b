package dev.temps.control.scheduler;

import java.util.List;

/**
 * Evenness of one release's replicas over places.
 *
 * @param maxSkew how many more replicas one place may have than any other that could take some; for
 *     hard ones only, at least 1. A place could take some when a node there is open and has what
 *     the release asks of labels, taints and architecture, full or not.
 * @param hard whether to wait rather than be uneven
 */
public record Spread(Level level, int maxSkew, boolean hard) {

  /** As even as it goes over zones, then over nodes: what everything has that asks for nothing. */
  public static final List<Spread> USUAL = List.of(soft(Level.ZONE), soft(Level.NODE));

  /** As even as it goes. */
  public static Spread soft(Level level) {
    return new Spread(level, 1, /* hard= */ false);
  }

  /** Never less even than that. */
  public static Spread hard(Level level, int maxSkew) {
    return new Spread(level, maxSkew, /* hard= */ true);
  }
}
