package dev.temps.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.EnumSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule notices the mistake it is there for, within a few seeds. */
class PlantedBugsTest {
  private static final int SEEDS_MAX = 40;

  /** Where a bug shows, and which rule is to say so. */
  private record Shows(World in, Rule as) {}

  private static final Map<Bug, Shows> SHOWS =
      Map.of(
          Bug.PINNED_TWICE, new Shows(World.calm, Rule.PINNED_ONCE),
          Bug.BOASTING, new Shows(World.calm, Rule.CAPACITY),
          Bug.BLIND_PLACER, new Shows(World.calm, Rule.PLACED_WELL),
          Bug.KEY_KEPT, new Shows(World.calm, Rule.REMOVED_KEY),
          Bug.GREEDY_DRAIN, new Shows(World.calm, Rule.GENTLE_DRAIN),
          Bug.FORGETFUL_START, new Shows(World.controlAway, Rule.TRUE_LIVENESS),
          Bug.LAZY_AGENT, new Shows(World.calm, Rule.CONVERGENCE));

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "ENDLESS_LEASE"})
  void aPlantedMistakeIsFound(Bug bug) {
    Shows shows = java.util.Objects.requireNonNull(SHOWS.get(bug));
    Rule found = null;
    for (long seed = 1; found == null && seed <= SEEDS_MAX; seed++) {
      found = Run.of(shows.in(), seed, bug).broken();
    }
    assertEquals(shows.as(), found, "no seed up to " + SEEDS_MAX + " shows it");
  }

  @Test
  void everyRuleHasAMistakeOfItsOwn() {
    EnumSet<Rule> found = EnumSet.copyOf(SHOWS.values().stream().map(Shows::as).toList());
    found.add(Rule.EXCLUSIVE_ONCE);
    assertEquals(EnumSet.allOf(Rule.class), found);
  }

  @Test
  void anExclusiveAppWhoseMachineIsCutOffMovesAndIsNeverThereTwice() {
    assertNull(cutOff(Bug.NONE));
  }

  @Test
  void anEndlessLeaseIsFound() {
    assertEquals(Rule.EXCLUSIVE_ONCE, cutOff(Bug.ENDLESS_LEASE));
  }

  /** An exclusive app runs, and its machine gets nothing in or out for a minute. */
  private static @Nullable Rule cutOff(Bug bug) {
    try (SimWorld world = new SimWorld(7, bug)) {
      for (int i = 0; i < 4; i++) {
        world.join(4_000, 4L << 30, true);
      }
      world.time.advance(10_000);
      SplittableRandom random = new SplittableRandom(7);
      Users users = new Users(world, random);
      new Judge(world, new Faults(world, random));
      SimControl control = world.control();
      String first = Users.name(control, world.nodes.getFirst());
      control.nodes.patch(
          SimControl.ANNA, first, "cordoned", null, null); // the control plane's own
      control.deployer.deploy(users.request("x0"), SimControl.ANNA);
      world.time.advance(20_000);
      SimNode its = holder(world);
      world.nodes.stream()
          .filter(other -> other != its)
          .forEach(other -> {
            world.net.cut(its.name, other.name);
            world.net.cut(other.name, its.name);
          });
      world.time.advance(60_000);
      assertNotSame(its, holder(world));
      return null;
    } catch (Broken e) {
      return e.rule();
    }
  }

  private static SimNode holder(SimWorld world) {
    return world.nodes.stream()
        .filter(n -> n.running().stream().anyMatch(r -> r.app().equals("x0")))
        .findFirst()
        .orElseThrow();
  }
}
