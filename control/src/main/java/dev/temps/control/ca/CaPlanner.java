package dev.temps.control.ca;

import java.util.List;
import java.util.function.Predicate;

/**
 * Decides how a rotation goes on: all nodes learn of the CA that is to stay, it signs all their
 * certificates anew, the other one is dropped. A cancel only changes which one is to stay, so the
 * way back has the same guards. Pure.
 */
final class CaPlanner {
  /** Steps of a rotation. */
  static final int STEPS = 3;

  private static final int NAMES_SHOWN = 5;

  private CaPlanner() {}

  static CaStep plan(CaState state) {
    if (!state.stayingSigns()) {
      List<CaNode> ignorant = without(state, CaNode::trusts);
      return ignorant.isEmpty()
          ? new CaStep.Turn()
          : new CaStep.Wait(
              "waiting for trust in the " + which(state) + " CA: " + names(ignorant), 0);
    }
    if (!state.turned()) {
      return new CaStep.Drop(); // cancelled before anybody got a certificate of the new one
    }
    List<CaNode> behind = without(state, CaNode::shows);
    return behind.isEmpty()
        ? new CaStep.Drop()
        : new CaStep.Wait(
            "waiting for certificates by the " + which(state) + " CA: " + names(behind), 1);
  }

  private static String which(CaState state) {
    return state.cancelledBy() == null ? "new" : "old";
  }

  private static List<CaNode> without(CaState state, Predicate<CaNode> right) {
    return state.nodes().stream().filter(right.negate()).toList();
  }

  private static String names(List<CaNode> all) {
    int more = all.size() - NAMES_SHOWN;
    String first =
        String.join(", ", all.stream().limit(NAMES_SHOWN).map(CaPlanner::named).toList());
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static String named(CaNode node) {
    if (!node.ready()) {
      return node.name() + " (away or not ready)";
    }
    return node.said()
        ? node.name()
        : node.name() + " (its agent is too old to say: temps upgrade)";
  }
}
