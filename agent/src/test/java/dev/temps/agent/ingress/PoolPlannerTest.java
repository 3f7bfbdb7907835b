package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.RouteSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolPlannerTest {
  private static final PoolPlanner.Here HERE = new PoolPlanner.Here("n-1", null);
  private static final RouteSpec.Backend A =
      new RouteSpec.Backend("c-a", "10.208.16.10", 80, "n-1");
  private static final RouteSpec.Backend B =
      new RouteSpec.Backend("c-b", "10.208.17.10", 80, "n-2");
  private static final RouteSpec.Backend C =
      new RouteSpec.Backend("c-c", "10.208.18.10", 80, "n-3");

  private static RouteSpec web(RouteSpec.Backend... backends) {
    return new RouteSpec("web", List.of("web.test"), List.of(backends), null);
  }

  private static List<String> ids(List<Pool> pools) {
    return pools.getFirst().slots().stream()
        .map(slot -> slot instanceof Pool.Slot.Used used ? used.id() : "")
        .toList();
  }

  private static List<Pool> plan(RouteSpec route, String... before) {
    return PoolPlanner.plan(List.of(route), Map.of("web", List.of(before)), HERE);
  }

  @Test
  void aNewAppGetsASlotForEachReplicaAndSpareOnes() {
    assertEquals(
        List.of("c-a", "c-b", "", ""), ids(PoolPlanner.plan(List.of(web(A, B)), Map.of(), HERE)));
  }

  @Test
  void aReplicaKeepsItsSlotWhenAnotherLeaves() {
    assertEquals(List.of("", "c-b", "", ""), ids(plan(web(B), "c-a", "c-b", "", "")));
  }

  @Test
  void aNewReplicaTakesASlotThatWasFreeRatherThanOneJustLeft() {
    assertEquals(List.of("", "c-b", "c-c", ""), ids(plan(web(B, C), "c-a", "c-b", "", "")));
  }

  @Test
  void oneJustLeftIsTakenWhenThereIsNoOther() {
    assertEquals(
        List.of("c-b", "c-x", "c-y", "c-z"),
        ids(
            plan(
                web(B, backend("c-x"), backend("c-y"), backend("c-z")),
                "c-a",
                "c-x",
                "c-y",
                "c-z")));
  }

  @Test
  void moreReplicasThanSlotsMakeRoomAndKeepTheOthers() {
    RouteSpec.Backend[] five =
        IntStream.range(0, 5).mapToObj(i -> backend("c-" + i)).toArray(RouteSpec.Backend[]::new);
    assertEquals(
        List.of("c-3", "c-1", "c-0", "c-2", "c-4", "", "", "", "", ""),
        ids(plan(web(five), "c-3", "c-1", "", "")));
  }

  @Test
  void replicasOfThisNodeArePreferred() {
    List<Pool.Slot> slots = PoolPlanner.plan(List.of(web(A, B)), Map.of(), HERE).getFirst().slots();
    assertEquals(new Pool.Slot.Used("c-a", "10.208.16.10", 80, 100), slots.get(0));
    assertEquals(new Pool.Slot.Used("c-b", "10.208.17.10", 80, 50), slots.get(1));
  }

  @Test
  void replicasOfThisZoneComeNext() {
    RouteSpec.Backend near = new RouteSpec.Backend("c-b", "10.208.17.10", 80, "n-2", "east");
    List<Pool> pools =
        PoolPlanner.plan(List.of(web(near)), Map.of(), new PoolPlanner.Here("n-1", "east"));
    assertEquals(
        new Pool.Slot.Used("c-b", "10.208.17.10", 80, 70), pools.getFirst().slots().getFirst());
  }

  @Test
  void whatCouldBecomeConfigurationIsLeftOut() {
    List<RouteSpec> routes =
        List.of(
            new RouteSpec("a b", List.of("x.test"), List.of(), null),
            new RouteSpec("a\nb", List.of("y.test"), List.of(), null),
            new RouteSpec(
                "web",
                List.of("ok.test", "bad host", "x\nbackend evil", "UPPER.test", ""),
                List.of(
                    new RouteSpec.Backend("c-1", "10.0.0.1 #", 80, "n-1"),
                    new RouteSpec.Backend("c 2", "10.0.0.2", 80, "n-1"),
                    new RouteSpec.Backend("c-3", "10.0.0.3", 70_000, "n-1"),
                    A),
                HealthCheck.standard("/x\n    server evil 1.2.3.4:80")));
    List<Pool> pools = PoolPlanner.plan(routes, Map.of(), HERE);
    assertEquals(1, pools.size());
    assertEquals(List.of("c-a", "", "", ""), ids(pools));
    assertNull(pools.getFirst().healthPath());
  }

  private static RouteSpec.Backend backend(String id) {
    return new RouteSpec.Backend(id, "10.208.16.20", 80, "n-1");
  }
}
