package dev.temps.control.drain;

import dev.temps.control.node.Availability;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import java.util.List;

/** Decides how a drain goes on. Pure. */
final class DrainPlanner {
  private static final int NAMES_SHOWN = 5;

  private DrainPlanner() {}

  static DrainStep plan(DrainState state) {
    Operation operation = state.operation();
    String canceller = operation.cancelAskedBy();
    if (canceller != null) {
      return new DrainStep.End(
          OperationState.cancelled,
          "cancelled by " + canceller + "; what has moved stays where it is",
          Availability.active);
    }
    if (state.wish() != Availability.draining) {
      return new DrainStep.End(
          OperationState.cancelled, "the node was made " + state.wish(), state.wish());
    }
    if (state.left().isEmpty()) {
      return new DrainStep.End(
          OperationState.succeeded, "nothing of a user's is left on it", Availability.drained);
    }
    if (operation.late(state.nowMillis())) {
      // Cordoned, not active: whoever wanted it empty doesn't want new ones to come.
      return new DrainStep.End(
          OperationState.failed,
          "the deadline passed; still there: " + names(state.left()) + why(state.blockers()),
          Availability.cordoned);
    }
    int total = Math.max(operation.total(), state.left().size());
    return new DrainStep.GoOn(
        "moving " + names(state.left()) + why(state.blockers()),
        total - state.left().size(),
        total);
  }

  private static String names(List<String> left) {
    int more = left.size() - NAMES_SHOWN;
    String first = String.join(", ", left.subList(0, Math.min(NAMES_SHOWN, left.size())));
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static String why(List<String> blockers) {
    return blockers.isEmpty() ? "" : "; " + String.join("; ", blockers);
  }
}
