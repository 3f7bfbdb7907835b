package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.ingress.Haproxy.LiveServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimePlannerTest {
  private static final Pool.Slot A = new Pool.Slot.Used("c-a", "10.0.0.1", 80, 100);

  private static List<Pool> pool(Pool.Slot... slots) {
    return List.of(new Pool("web", null, false, 0, List.of(slots)));
  }

  private static LiveServer at(String address, boolean maintenance, boolean draining, int used) {
    return new LiveServer(
        "app_web", "s1", address, 80, 100, true, 99, maintenance, draining, used, "row");
  }

  private static LiveServer named(String name, LiveServer s) {
    return new LiveServer(
        s.backend(),
        name,
        s.address(),
        s.port(),
        s.weight(),
        s.up(),
        s.changedSeconds(),
        s.maintenance(),
        s.draining(),
        s.connections(),
        s.row());
  }

  private static LiveServer down(int seconds, int used) {
    return new LiveServer(
        "app_web", "s1", "10.0.0.1", 80, 100, false, seconds, false, false, used, "row");
  }

  @Test
  void whatHangsOnADeadReplicaIsEndedAfterItCouldHaveGoneElsewhere() {
    assertEquals(List.of(), RuntimePlanner.plan(pool(A), List.of(down(9, 2))).commands());
    assertEquals(List.of(), RuntimePlanner.plan(pool(A), List.of(down(10, 0))).commands());
    assertEquals(
        new RuntimePlanner.Plan(List.of("shutdown sessions server app_web/s1"), true),
        RuntimePlanner.plan(pool(A), List.of(down(10, 2))));
  }

  @Test
  void nothingIsSaidWhenAllIsAsItShouldBe() {
    RuntimePlanner.Plan plan =
        RuntimePlanner.plan(pool(A), List.of(at("10.0.0.1", false, false, 3)));
    assertEquals(new RuntimePlanner.Plan(List.of(), true), plan);
  }

  @Test
  void aNewReplicaInAFreeSlotIsReadyAndBelievedWell() {
    RuntimePlanner.Plan plan =
        RuntimePlanner.plan(pool(A), List.of(at("127.0.0.1", true, false, 0)));
    assertEquals(
        List.of(
            "set server app_web/s1 addr 10.0.0.1 port 80",
            "set server app_web/s1 state ready",
            "set server app_web/s1 health up"),
        plan.commands());
    assertFalse(plan.settled());
  }

  @Test
  void aReplicaThatLeavesFinishesItsRequestsFirst() {
    assertEquals(
        List.of("set server app_web/s1 state drain"),
        RuntimePlanner.plan(pool(Pool.Slot.FREE), List.of(at("10.0.0.1", false, false, 2)))
            .commands());
    assertEquals(
        new RuntimePlanner.Plan(List.of(), true),
        RuntimePlanner.plan(pool(Pool.Slot.FREE), List.of(at("10.0.0.1", false, true, 1))));
    assertEquals(
        new RuntimePlanner.Plan(List.of("set server app_web/s1 state maint"), true),
        RuntimePlanner.plan(pool(Pool.Slot.FREE), List.of(at("10.0.0.1", false, true, 0))));
  }

  @Test
  void whoComesIsReadyBeforeAnyoneLeaves() {
    List<LiveServer> live =
        List.of(at("10.0.0.9", false, false, 2), named("s2", at("127.0.0.1", true, false, 0)));
    assertEquals(
        List.of(
            "set server app_web/s2 addr 10.0.0.1 port 80",
            "set server app_web/s2 state ready",
            "set server app_web/s2 health up",
            "set server app_web/s1 state drain"),
        RuntimePlanner.plan(pool(Pool.Slot.FREE, A), live).commands());
  }

  @Test
  void onlyServersThatStayHandTheirHealthOn() {
    LiveServer other = at("10.0.0.2", false, false, 0);
    assertTrue(
        RuntimePlanner.stateFile("head", pool(A), List.of(at("10.0.0.1", false, false, 0)))
            .endsWith("head\nrow\n"));
    assertEquals("1\nhead\n", RuntimePlanner.stateFile("head", pool(A), List.of(other)));
  }
}
