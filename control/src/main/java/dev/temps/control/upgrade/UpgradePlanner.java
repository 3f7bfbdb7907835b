package dev.temps.control.upgrade;

import dev.temps.contract.agent.UpgradeState;
import dev.temps.control.node.Liveness;
import dev.temps.control.operation.OperationState;
import dev.temps.control.upgrade.UpgradeSight.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides how an upgrade goes on: one node at a time, and no further after one that went back.
 * Pure.
 */
final class UpgradePlanner {
  /** How long a node may be away when its turn comes. */
  static final Duration AWAY_LIMIT = Duration.ofMinutes(2);

  /** A fetch over a slow line, five minutes of unpacking, a minute on trial and one to go back. */
  static final Duration TURN_LIMIT = Duration.ofMinutes(30);

  private UpgradePlanner() {}

  /** The turn that was begun and has not ended. */
  static Optional<Turn> current(List<Turn> turns) {
    return in(turns, TurnState.ordered).stream().findFirst();
  }

  static UpgradeStep plan(UpgradeSight sight) {
    Optional<Turn> current = current(sight.turns());
    if (current.isPresent()) {
      return goOn(sight, current.get());
    }
    List<Turn> back = in(sight.turns(), TurnState.back);
    if (!back.isEmpty()) {
      Turn first = back.getFirst();
      return new UpgradeStep.End(
          OperationState.failed, first.nodeName() + " went back: " + first.detail() + rest(sight));
    }
    String canceller = sight.operation().cancelAskedBy();
    if (canceller != null) {
      return new UpgradeStep.End(
          OperationState.cancelled, "cancelled by " + canceller + rest(sight));
    }
    List<Turn> waiting = in(sight.turns(), TurnState.waiting);
    return waiting.isEmpty() ? end(sight) : begin(sight, waiting.getFirst());
  }

  private static UpgradeStep goOn(UpgradeSight sight, Turn turn) {
    Seen node = sight.nodes().get(turn.nodeId());
    if (node == null) {
      return new UpgradeStep.Mark(turn, TurnState.skipped, "it was removed");
    }
    UpgradeState told = sight.told();
    if (told != null && told.phase() == UpgradeState.Phase.back) {
      return new UpgradeStep.Mark(turn, TurnState.back, told.detail());
    }
    boolean runs = node.version().equals(sight.version()) && node.liveness() == Liveness.ready;
    if (told != null && told.phase() == UpgradeState.Phase.done && runs) {
      return new UpgradeStep.Mark(turn, TurnState.done, "");
    }
    if (sight.nowMillis() - turn.since() > TURN_LIMIT.toMillis()) {
      return new UpgradeStep.Mark(
          turn, TurnState.back, "it did not finish in " + TURN_LIMIT.toMinutes() + " minutes");
    }
    return new UpgradeStep.Wait(turn.nodeName() + ": " + words(told));
  }

  private static String words(@org.jspecify.annotations.Nullable UpgradeState told) {
    if (told == null) {
      return "waiting for its agent to answer";
    }
    return switch (told.phase()) {
      case preparing -> told.detail();
      case trial -> "the new release runs and has a minute to prove itself";
      case done -> "waiting until it is ready again";
      case back -> "the old release is back";
    };
  }

  private static UpgradeStep begin(UpgradeSight sight, Turn turn) {
    Seen node = sight.nodes().get(turn.nodeId());
    if (node == null) {
      return new UpgradeStep.Mark(turn, TurnState.skipped, "it was removed");
    }
    if (node.version().equals(sight.version())) {
      return new UpgradeStep.Mark(turn, TurnState.done, "it ran that release already");
    }
    if (node.liveness() == Liveness.ready) {
      return new UpgradeStep.Mark(turn, TurnState.ordered, "");
    }
    long last = sight.turns().stream().mapToLong(Turn::since).max().orElse(0);
    return sight.nowMillis() - last > AWAY_LIMIT.toMillis()
        ? new UpgradeStep.Mark(turn, TurnState.skipped, "it is " + node.liveness())
        : new UpgradeStep.Wait(turn.nodeName() + ": waiting until it is ready");
  }

  private static UpgradeStep end(UpgradeSight sight) {
    List<Turn> skipped = in(sight.turns(), TurnState.skipped);
    if (skipped.isEmpty()) {
      return new UpgradeStep.End(
          OperationState.succeeded,
          "temps " + sight.version() + " runs on " + names(sight.turns()));
    }
    String why =
        skipped.stream()
            .map(t -> t.nodeName() + " (" + t.detail() + ")")
            .collect(Collectors.joining(", "));
    return new UpgradeStep.End(
        OperationState.failed, "not upgraded: " + why + "; start it again when they are back");
  }

  private static String rest(UpgradeSight sight) {
    List<Turn> done = in(sight.turns(), TurnState.done);
    List<Turn> waiting = in(sight.turns(), TurnState.waiting);
    return (done.isEmpty() ? "" : "; upgraded: " + names(done))
        + (waiting.isEmpty() ? "" : "; not upgraded: " + names(waiting));
  }

  private static String names(List<Turn> turns) {
    return turns.stream().map(Turn::nodeName).collect(Collectors.joining(", "));
  }

  private static List<Turn> in(List<Turn> turns, TurnState state) {
    return turns.stream().filter(t -> t.state() == state).toList();
  }
}
