package dev.temps.control.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.UpgradeState;
import dev.temps.contract.agent.UpgradeState.Phase;
import dev.temps.control.node.Liveness;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.upgrade.UpgradeSight.Seen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpgradePlannerTest {
  private static final long NOW = 1_000_000_000;
  private static final Seen OLD = new Seen(Liveness.ready, "0.1.0");
  private static final Seen NEW = new Seen(Liveness.ready, "0.2.0");

  private final Map<String, Seen> nodes = new HashMap<>(Map.of("a", OLD, "b", OLD));
  private @Nullable String canceller;
  private @Nullable UpgradeState told;

  private static Turn turn(String node, int place, TurnState state) {
    String detail =
        state == TurnState.back ? "no report" : state == TurnState.skipped ? "down" : "";
    return new Turn("op-1", node, node, place, state, detail, NOW);
  }

  private UpgradeStep plan(long now, TurnState a, TurnState b) {
    Operation operation =
        new Operation(
            "op-1",
            "upgrade",
            "cluster",
            "all nodes",
            OperationState.running,
            "",
            0,
            2,
            null,
            null,
            canceller,
            "anna",
            NOW,
            NOW,
            null);
    List<Turn> turns = List.of(turn("a", 0, a), turn("b", 1, b));
    return UpgradePlanner.plan(new UpgradeSight(operation, "0.2.0", turns, nodes, told, now));
  }

  private static void marks(UpgradeStep step, String node, TurnState state) {
    UpgradeStep.Mark mark = assertInstanceOf(UpgradeStep.Mark.class, step);
    assertEquals(node, mark.turn().nodeId());
    assertEquals(state, mark.state(), mark.detail());
  }

  private static void ends(UpgradeStep step, OperationState state, String words) {
    UpgradeStep.End end = assertInstanceOf(UpgradeStep.End.class, step);
    assertEquals(state, end.state(), end.reason());
    assertTrue(end.reason().contains(words), end.reason());
  }

  @Test
  void theFirstNodeIsToldAndTheSecondWaitsForIt() {
    marks(plan(NOW, TurnState.waiting, TurnState.waiting), "a", TurnState.ordered);
    told = new UpgradeState("op-1", Phase.trial, "");
    assertInstanceOf(UpgradeStep.Wait.class, plan(NOW, TurnState.ordered, TurnState.waiting));
  }

  @Test
  void aNodeIsDoneWhenItsTrialIsOverAndItIsReadyWithTheNewRelease() {
    told = new UpgradeState("op-1", Phase.done, "");
    assertInstanceOf(UpgradeStep.Wait.class, plan(NOW, TurnState.ordered, TurnState.waiting));
    nodes.put("a", NEW);
    marks(plan(NOW, TurnState.ordered, TurnState.waiting), "a", TurnState.done);
    marks(plan(NOW, TurnState.done, TurnState.waiting), "b", TurnState.ordered);
  }

  @Test
  void itEndsAtTheFirstNodeThatWentBackAndNamesTheOthers() {
    told = new UpgradeState("op-1", Phase.back, "no report");
    marks(plan(NOW, TurnState.ordered, TurnState.waiting), "a", TurnState.back);
    told = null;
    ends(
        plan(NOW, TurnState.back, TurnState.waiting),
        OperationState.failed,
        "a went back: no report; not upgraded: b");
  }

  @Test
  void aCancelledOneFinishesTheNodeItIsAtAndStopsBeforeTheNext() {
    canceller = "bob";
    assertInstanceOf(UpgradeStep.Wait.class, plan(NOW, TurnState.ordered, TurnState.waiting));
    ends(
        plan(NOW, TurnState.done, TurnState.waiting),
        OperationState.cancelled,
        "cancelled by bob; upgraded: a; not upgraded: b");
  }

  @Test
  void aNodeThatIsAwayIsWaitedForAndThenSkipped() {
    nodes.put("a", new Seen(Liveness.down, "0.1.0"));
    assertInstanceOf(UpgradeStep.Wait.class, plan(NOW, TurnState.waiting, TurnState.waiting));
    long later = NOW + UpgradePlanner.AWAY_LIMIT.toMillis() + 1;
    marks(plan(later, TurnState.waiting, TurnState.waiting), "a", TurnState.skipped);
    ends(plan(later, TurnState.skipped, TurnState.done), OperationState.failed, "a (down)");
  }

  @Test
  void aNodeThatRunsTheReleaseOrIsGoneHoldsNothingUp() {
    nodes.put("a", NEW);
    marks(plan(NOW, TurnState.waiting, TurnState.waiting), "a", TurnState.done);
    nodes.remove("a");
    marks(plan(NOW, TurnState.ordered, TurnState.waiting), "a", TurnState.skipped);
    ends(plan(NOW, TurnState.done, TurnState.done), OperationState.succeeded, "a, b");
  }

  @Test
  void aSilentAgentIsGivenUpAfterHalfAnHour() {
    long late = NOW + UpgradePlanner.TURN_LIMIT.toMillis() + 1;
    marks(plan(late, TurnState.ordered, TurnState.waiting), "a", TurnState.back);
  }
}
