package dev.temps.control.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.deployment.LossPlan.Move;
import dev.temps.control.deployment.LossPlan.OfApp;
import dev.temps.control.deployment.LossPlan.Outcome;
import dev.temps.control.deployment.LossPlan.Pace;
import dev.temps.control.deployment.LossWorld.Data;
import dev.temps.control.deployment.LossWorld.Machine;
import dev.temps.control.deployment.LossWorld.Part;
import dev.temps.control.deployment.LossWorld.Stay;
import dev.temps.control.deployment.LossWorld.Subject;
import dev.temps.control.scheduler.Home;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.Occupant;
import dev.temps.control.scheduler.PlacementSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of apps when machines go; node-1 has the control plane. */
class LossPlannerTest {
  private static final long MIB = 1L << 20;

  private final List<Machine> machines = new ArrayList<>();
  private final List<Occupant> occupants = new ArrayList<>();
  private final List<Subject> subjects = new ArrayList<>();
  private boolean braked;

  private void nodes(int count) {
    for (int i = 1; i <= count; i++) {
      machines.add(machine(i, null, true));
    }
  }

  private static Machine machine(int number, @Nullable String closed, boolean heard) {
    NodeState state =
        new NodeState(id(number), "node-" + number, closed, "amd64", Map.of(), 2_000, 1_024 * MIB);
    return new Machine(state, number == 1, true, heard, true);
  }

  private static String id(int number) {
    return "n-" + number;
  }

  private void app(String name, int... on) {
    sized(64, name, on);
  }

  private void sized(long mib, String name, int... on) {
    PlacementSpec spec = PlacementSpec.of(name, "d-" + name).size(0, mib * MIB, 0);
    add(name, spec, List.of(), false, true, on);
  }

  private void database(String name, int on) {
    Home home = new Home(id(on), "the data of volume data is on node-" + on);
    PlacementSpec spec =
        PlacementSpec.of(name, "d-" + name)
            .tied(new PlacementSpec.Ties(null, List.of(), null, List.of(home)));
    add(name, spec, List.of(new Data(name + ":data", id(on))), true, true, on);
  }

  private void add(
      String name,
      PlacementSpec spec,
      List<Data> data,
      boolean oneAtATime,
      boolean answers,
      int... on) {
    List<Stay> stays = new ArrayList<>();
    for (int node : on) {
      stays.add(new Stay(name + "-" + (stays.size() + 1), stays.size() + 1, id(node)));
      occupants.add(spec.occupant(id(node)));
    }
    List<Part> parts = List.of(new Part(spec, oneAtATime, false, stays));
    subjects.add(new Subject(name, name, true, answers ? stays : List.of(), parts, data));
  }

  private LossWorld world() {
    return new LossWorld(machines, occupants, subjects, braked);
  }

  private LossPlan losing(int... nodes) {
    Set<String> lost =
        Arrays.stream(nodes).mapToObj(LossPlannerTest::id).collect(Collectors.toSet());
    return LossPlanner.plan(world(), lost);
  }

  private static OfApp only(LossPlan plan) {
    assertEquals(1, plan.apps().size(), plan::toString);
    return plan.apps().getFirst();
  }

  private Tolerance tolerance() {
    return Tolerance.of(Tolerance.Plans.of(world()), _ -> true);
  }

  @Test
  void anAppWithReplicasElsewhereGoesOnAndGetsItsNumberBack() {
    nodes(3);
    app("web", 2, 3);
    OfApp web = only(losing(2));
    assertEquals(Outcome.CONTINUES, web.outcome());
    assertEquals(List.of(new Move("web-1", "node-2", "node-1")), web.moves());
    assertEquals("goes on with 1 of 2 until the others have started elsewhere", web.detail());
  }

  @Test
  void anAppThatIsOnlyThereIsAwayUntilItHasStartedElsewhere() {
    nodes(3);
    app("blog", 2);
    LossPlan plan = losing(2);
    assertEquals(Pace.WITNESSED, plan.pace());
    assertEquals(Outcome.MOVES, only(plan).outcome());
    assertEquals(List.of(new Move("blog-1", "node-2", "node-1")), only(plan).moves());
  }

  @Test
  void whatWasPlacedBeforeCountsForTheNext() {
    nodes(3);
    sized(700, "a", 2);
    sized(700, "b", 2);
    sized(700, "c", 2);
    List<OfApp> apps = losing(2).apps();
    assertEquals("node-1", apps.get(0).moves().getFirst().to());
    assertEquals("node-3", apps.get(1).moves().getFirst().to());
    OfApp third = apps.get(2);
    assertEquals(Outcome.NO_PLACE, third.outcome());
    assertEquals(
        "away until node-2 is back: 2 nodes: 376 MiB memory short; 1 node: down", third.detail());
    assertEquals("376 MiB less memory would fit on node-1", third.ways().getFirst());
  }

  @Test
  void dataIsAwayWithItsMachineAndTheWayOutIsNamed() {
    nodes(3);
    database("pg", 2);
    OfApp pg = only(losing(2));
    assertEquals(Outcome.DATA_AWAY, pg.outcome());
    assertEquals(List.of(), pg.moves());
    assertEquals(
        "away until node-2 is back: the data of pg:data is there and nowhere else", pg.detail());
    assertTrue(pg.ways().getFirst().contains("temps volume remove pg:data"), pg.toString());
  }

  @Test
  void anAppThatDidNotAnswerBeforeIsNotTakenAway() {
    nodes(3);
    PlacementSpec spec = PlacementSpec.of("bad", "d-bad");
    add("bad", spec, List.of(), false, false, 2);
    assertEquals(Outcome.NOT_RUNNING, only(losing(2)).outcome());
    assertEquals(List.of("node-1"), only(losing(2)).moves().stream().map(Move::to).toList());
  }

  @Test
  void anAppThatIsEverywhereItCanBeGetsNoSuccessor() {
    nodes(3);
    PlacementSpec spec = PlacementSpec.of("probe", "d-probe").everywhere(true);
    add("probe", spec, List.of(), false, true, 2);
    OfApp probe = only(losing(2));
    assertEquals(Outcome.HELD, probe.outcome());
    assertEquals("away until node-2 is back", probe.detail());
    assertEquals(List.of(), probe.moves());
  }

  @Test
  void appsWithNothingThereAreLeftAlone() {
    nodes(3);
    app("web", 1, 3);
    assertEquals(List.of(), losing(2).apps());
  }

  @Test
  void withTheControlPlaneAppsGoOnButNothingMoves() {
    nodes(3);
    app("blog", 1);
    app("web", 1, 2);
    LossPlan plan = losing(1);
    assertEquals(Pace.NO_CONTROL, plan.pace());
    assertTrue(plan.decision().contains("temps serve --from-node"), plan.decision());
    assertEquals(Outcome.HELD, plan.apps().get(0).outcome());
    assertEquals("away until the control plane is back", plan.apps().get(0).detail());
    assertEquals(Outcome.CONTINUES, plan.apps().get(1).outcome());
  }

  @Test
  void ofTwoMachinesNoThirdOneCanTell() {
    nodes(2);
    app("blog", 2);
    LossPlan plan = losing(2);
    assertEquals(Pace.UNWITNESSED, plan.pace());
    assertEquals("away for some 30 seconds and the time it takes to start", only(plan).detail());
  }

  @Test
  void withoutAMajorityNothingMovesByItself() {
    nodes(4);
    app("blog", 3);
    LossPlan plan = losing(3, 4);
    assertEquals(Pace.BRAKED, plan.pace());
    assertTrue(plan.decision().endsWith("temps node declare-lost node-3 node-4"), plan.decision());
    assertEquals(Outcome.HELD, only(plan).outcome());
    // A fifth machine makes three a majority.
    machines.add(machine(5, null, true));
    assertEquals(Pace.WITNESSED, losing(3, 4).pace());
  }

  @Test
  void whatIsDownAlreadyCountsAsGone() {
    nodes(3);
    machines.set(2, machine(3, "down", false));
    app("blog", 2);
    LossPlan plan = losing(2);
    assertEquals(Pace.BRAKED, plan.pace());
    braked = true;
    assertEquals(Pace.BRAKED, losing(3).pace());
  }

  @Test
  void losingAllMachinesIsSaidPlainly() {
    nodes(2);
    app("blog", 2);
    LossPlan plan = losing(1, 2);
    assertEquals("No machine is left: nothing answers until one is back.", plan.decision());
    assertEquals("away until one of them is back", only(plan).detail());
    assertEquals(List.of(), plan.notes());
  }

  @Test
  void aClusterOfWhichAnyMachineCanGo() {
    nodes(3);
    app("web", 1, 2);
    assertEquals(
        List.of(
            "You can lose any 1 machine.",
            "Losing node-1 takes the console with it; apps go on, and nothing moves until it is"
                + " back or restored."),
        tolerance().sentences());
    assertEquals(1, tolerance().machines());
    subjects.clear();
    app("web", 1, 2, 3);
    assertEquals("You can lose any 2 machines.", tolerance().sentences().getFirst());
  }

  @Test
  void aClusterWhereOneMachineTakesADatabase() {
    nodes(3);
    app("web", 1, 2);
    database("pg", 2);
    Tolerance tolerance = tolerance();
    assertEquals(0, tolerance.machines());
    assertEquals(
        "You can lose 1 machine; losing node-2 takes pg with it.",
        tolerance.sentences().getFirst());
    assertEquals(
        "You can lose any 1 machine.",
        Tolerance.of(Tolerance.Plans.of(world()), project -> !project.equals("pg"))
            .sentences()
            .getFirst());
  }

  @Test
  void oneMachineIsEverything() {
    nodes(1);
    app("web", 1);
    assertEquals(
        List.of("node-1 is the only machine: losing it takes everything with it."),
        tolerance().sentences());
  }

  @Test
  void anOutlineSaysTheSameOfWhatIsTakenAway() {
    nodes(3);
    sized(700, "a", 2);
    sized(700, "b", 2);
    sized(700, "c", 2, 3);
    sized(700, "d", 2);
    for (int node = 1; node <= 3; node++) {
      LossPlan outline = LossPlanner.outline(world(), Set.of(id(node)));
      assertEquals(taken(losing(node)), taken(outline));
    }
  }

  private static List<String> taken(LossPlan plan) {
    return plan.apps().stream().filter(a -> a.outcome().takes()).map(OfApp::app).toList();
  }
}
