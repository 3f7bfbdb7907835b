package dev.temps.control.scheduler;

import java.util.List;
import java.util.stream.Collectors;

/** Conditions on what people wrote on a node: labels and taints. */
final class LabelFilters {
  private LabelFilters() {}

  /** Labels that must be there, or not. */
  static final class Labelled implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      for (LabelRule rule : ask.spec.labels()) {
        if (!rule.met(load.node.labels())) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return unmet(ask, load).stream()
          .map(rule -> rule.refusal(load.node.labels()))
          .collect(Collectors.joining(" and "));
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "a node with "
          + unmet(ask, load).stream().map(LabelRule::wish).collect(Collectors.joining(" and "));
    }

    @Override
    public long effort(Ask ask, NodeLoad load) {
      return unmet(ask, load).size();
    }

    private static List<LabelRule> unmet(Ask ask, NodeLoad load) {
      return ask.spec.labels().stream().filter(rule -> !rule.met(load.node.labels())).toList();
    }
  }

  /** Taints that it does not tolerate. */
  static final class Tolerated implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      for (Taint taint : load.node.taints()) {
        if (taint.hard() && !tolerated(ask.spec, taint)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "is kept for " + unmet(ask, load);
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "tolerate " + unmet(ask, load);
    }

    private static String unmet(Ask ask, NodeLoad load) {
      return load.node.taints().stream()
          .filter(taint -> taint.hard() && !tolerated(ask.spec, taint))
          .map(Taint::words)
          .distinct()
          .sorted()
          .collect(Collectors.joining(" and "));
    }
  }

  /** Whether a spec does not mind a taint. */
  static boolean tolerated(PlacementSpec spec, Taint taint) {
    for (Toleration toleration : spec.tolerations()) {
      if (toleration.covers(taint)) {
        return true;
      }
    }
    return false;
  }
}
