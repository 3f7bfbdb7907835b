package dev.temps.control.mesh;

import dev.temps.contract.agent.MeshKeys;
import dev.temps.control.operation.OperationState;
import java.time.Duration;
import java.util.List;

/**
 * Decides how a key rotation goes on: the node makes the next key, all others learn it, the node
 * uses it, the old one is dropped. One node at a time: two that turn at once would not find each
 * other. Pure.
 */
final class KeyPlanner {
  /** Steps of a rotation. */
  static final int STEPS = 3;

  /** After this long nobody waits for those that have not followed: the node has turned. */
  static final Duration FOLLOW = Duration.ofSeconds(10);

  private static final int NAMES_SHOWN = 5;

  private KeyPlanner() {}

  static KeyStep plan(KeyState state) {
    if (!state.living()) {
      return new KeyStep.End(OperationState.cancelled, "the node was removed");
    }
    KeyRow row = state.row();
    if (row != null && row.turnAt() != null && row.nextKey() != null) {
      return turning(state, row.nextKey(), row.turnAt());
    }
    String canceller = state.operation().cancelAskedBy();
    if (canceller != null) {
      return new KeyStep.End(
          OperationState.cancelled, "cancelled by " + canceller + "; its key stays the one it has");
    }
    String name = state.operation().subjectName();
    if (row == null && state.other() != null) {
      return new KeyStep.Wait("waiting for the rotation of " + state.other(), 0);
    }
    if (!state.ready()) {
      return new KeyStep.Release("waiting for " + name + ", which is away or not ready");
    }
    return row == null ? new KeyStep.Begin() : preparing(state, row, name);
  }

  private static KeyStep preparing(KeyState state, KeyRow row, String name) {
    MeshKeys said = state.said();
    String next = said == null ? null : said.next();
    if (next == null) {
      return new KeyStep.Wait(name + " makes its next key", 0);
    }
    if (!next.equals(row.nextKey())) {
      return new KeyStep.Announce(next);
    }
    return state.ignorant().isEmpty()
        ? new KeyStep.Turn()
        : new KeyStep.Wait("telling the next key to " + names(state.ignorant()), 1);
  }

  private static KeyStep turning(KeyState state, String next, long turnAt) {
    String name = state.operation().subjectName();
    MeshKeys said = state.said();
    if (!state.stored().equals(next)) {
      if (said == null || said.next() != null) {
        return new KeyStep.Wait(name + " is told to use its next key", 2);
      }
      if (!said.current().equals(next)) {
        return new KeyStep.End(
            OperationState.failed,
            "the node has lost its next key and goes on with the one it has; rotate it again");
      }
    }
    boolean late = state.nowMillis() - turnAt >= FOLLOW.toMillis();
    return state.behind().isEmpty() || late
        ? new KeyStep.Adopt(next)
        : new KeyStep.Wait("waiting until it is reached with it by " + names(state.behind()), 2);
  }

  private static String names(List<String> all) {
    int more = all.size() - NAMES_SHOWN;
    String first = String.join(", ", all.subList(0, Math.min(NAMES_SHOWN, all.size())));
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
