package dev.temps.sim;

import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fixed set: the same runs every time. */
class SimulationTest {
  private static final int SEEDS = 6;

  @ParameterizedTest
  @EnumSource
  void everyRuleHoldsInEveryWorld(World world) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Run.Outcome outcome = Run.of(world, seed);
      assertNull(outcome.broken(), () -> Summary.failure(outcome));
    }
  }
}
