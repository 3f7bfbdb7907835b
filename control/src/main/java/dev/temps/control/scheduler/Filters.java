package dev.temps.control.scheduler;

import java.util.List;
import java.util.stream.Stream;

/** The hard conditions of placement in the order in which their reasons tell most. Stateless. */
final class Filters {
  /** Those that only ask what a node is, whatever runs there. */
  static final List<Filter> LASTING =
      List.of(
          new TieFilters.AtHome(),
          new TieFilters.AsAsked(),
          new TieFilters.Open(),
          new TieFilters.SameArchitecture(),
          new TieFilters.ImageAtHand(),
          new LabelFilters.Labelled(),
          new LabelFilters.Tolerated());

  /** Those that change with every placement. */
  static final List<Filter> PASSING =
      List.of(
          new NeighbourFilters.Once(),
          new NeighbourFilters.Affine(),
          new NeighbourFilters.Unshunned(),
          new NeighbourFilters.Even(),
          new RoomFilters.DiskFree(),
          new RoomFilters.Room(),
          new RoomFilters.Ports(),
          new RoomFilters.Addresses());

  private static final List<Filter> ALL =
      Stream.concat(LASTING.stream(), PASSING.stream()).toList();

  /** The same, those first that people change most easily. */
  static final List<Filter> LEAST_EFFORT_FIRST = ALL.reversed();

  private Filters() {}

  /** Whether the node can take one more replica. */
  static boolean fits(Ask ask, NodeLoad load) {
    return passes(PASSING, ask, load) && passes(LASTING, ask, load);
  }

  /** Whether a node passes some of the filters. */
  static boolean passes(List<Filter> filters, Ask ask, NodeLoad load) {
    for (int i = 0; i < filters.size(); i++) {
      if (!filters.get(i).passes(ask, load)) {
        return false;
      }
    }
    return true;
  }

  /** All that stand against a node, the most telling first; empty when it fits. */
  static List<Filter> against(Ask ask, NodeLoad load) {
    return ALL.stream().filter(filter -> !filter.passes(ask, load)).toList();
  }

  /** Whether any node of a zone can fit, seen from one of them. */
  static boolean fitsZone(Ask ask, NodeLoad any) {
    for (Filter filter : PASSING) {
      if (!filter.passesZone(ask, any)) {
        return false;
      }
    }
    return true;
  }
}
