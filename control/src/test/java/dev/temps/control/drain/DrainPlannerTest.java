package dev.temps.control.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.node.Availability;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrainPlannerTest {
  private static final long NOW = 1_000_000;

  private static DrainStep plan(
      Availability wish,
      @Nullable Long deadline,
      @Nullable String cancelledBy,
      List<String> left,
      String... blockers) {
    Operation operation =
        new Operation(
            "op-1",
            Drains.KIND,
            "n-1",
            "worker-1",
            OperationState.running,
            "",
            0,
            3,
            null,
            deadline,
            cancelledBy,
            "me",
            0,
            0,
            null);
    return DrainPlanner.plan(new DrainState(operation, wish, left, List.of(blockers), NOW));
  }

  private static DrainStep.End end(DrainStep step) {
    return assertInstanceOf(DrainStep.End.class, step);
  }

  @Test
  void anEmptyNodeIsDrained() {
    DrainStep.End end = end(plan(Availability.draining, null, null, List.of()));
    assertEquals(OperationState.succeeded, end.state());
    assertEquals(Availability.drained, end.wish());
  }

  @Test
  void progressNamesWhatIsLeftAndWhatIsInTheWay() {
    DrainStep.GoOn on =
        assertInstanceOf(
            DrainStep.GoOn.class,
            plan(
                Availability.draining,
                NOW + 1,
                null,
                List.of("web-1", "web-2"),
                "no place for web-2: 1 node: 300 MiB memory short"));
    assertEquals(
        "moving web-1, web-2; no place for web-2: 1 node: 300 MiB memory short", on.step());
    assertEquals(1, on.done());
    assertEquals(3, on.total());
  }

  @Test
  void theDeadlineLeavesTheNodeCordonedAndNamesWhatStayed() {
    DrainStep.End end = end(plan(Availability.draining, NOW, null, List.of("db-1")));
    assertEquals(OperationState.failed, end.state());
    assertEquals(Availability.cordoned, end.wish());
    assertTrue(end.reason().contains("db-1"));
  }

  @Test
  void aCancelMakesTheNodeActiveAgain() {
    DrainStep.End end = end(plan(Availability.draining, null, "kim", List.of("web-1")));
    assertEquals(OperationState.cancelled, end.state());
    assertEquals(Availability.active, end.wish());
    assertTrue(end.reason().contains("kim"));
  }

  @Test
  void anotherWishOfTheOperatorEndsIt() {
    DrainStep.End end = end(plan(Availability.cordoned, null, null, List.of("web-1")));
    assertEquals(OperationState.cancelled, end.state());
    assertEquals(Availability.cordoned, end.wish());
  }
}
