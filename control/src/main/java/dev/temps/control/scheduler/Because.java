package dev.temps.control.scheduler;

/** Says in one sentence why a replica goes where it goes. Stateless. */
final class Because {
  private Because() {}

  /**
   * When all nodes were looked at.
   *
   * @param fitting how many could take it
   * @param all how many there are
   */
  static String of(Ask ask, NodeLoad best, int fitting, int all) {
    if (ask.spec.ties().node() != null) {
      return best.node.name() + " was asked for";
    }
    if (!ask.spec.ties().homes().isEmpty()) {
      return best.node.name() + " has its volume data";
    }
    if (fitting == 1) {
      return all == 1 ? "the only node" : "the only one of " + all + " nodes that fits";
    }
    return "of " + fitting + " fitting nodes: " + reason(ask, best);
  }

  /** When the others were not all looked at, because none of them could be better. */
  static String best(Ask ask, NodeLoad best) {
    return ask.spec.ties().node() != null || !ask.spec.ties().homes().isEmpty()
        ? of(ask, best, 1, 2)
        : reason(ask, best);
  }

  private static String reason(Ask ask, NodeLoad best) {
    String load =
        switch (ask.spec.strategy()) {
          case SPREAD -> "least reserved (" + Math.min(100, best.fullness() / 10) + " %)";
          case PACK -> "in use and best filled by it (" + Math.min(100, best.packed() / 10) + " %)";
        };
    return ask.spec.spreads().isEmpty()
        ? load
        : "fewest replicas of "
            + ask.spec.app()
            + " here ("
            + ask.group.at(Level.NODE, best)
            + "), then "
            + load;
  }
}
