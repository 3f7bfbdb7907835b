package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrakeTest {
  /** Heard ones are named h…, silent ones s… with their seconds of silence. */
  private static List<Brake.Sight> nodes(int heard, long... silent) {
    List<Brake.Sight> all = new ArrayList<>();
    for (int i = 0; i < heard; i++) {
      all.add(new Brake.Sight("h" + i, true, true, Duration.ofSeconds(1)));
    }
    for (int i = 0; i < silent.length; i++) {
      all.add(new Brake.Sight("s" + i, true, false, Duration.ofSeconds(silent[i])));
    }
    return all;
  }

  private static boolean on(List<Brake.Sight> nodes) {
    return Brake.OFF.after(nodes).on();
  }

  @Test
  void itHoldsWithoutAMajority() {
    assertFalse(on(nodes(2, 9)));
    assertTrue(on(nodes(1, 9, 9)));
    assertTrue(on(nodes(1, 9, 9, 9)));
    assertTrue(on(nodes(2, 9, 9)));
    assertFalse(on(nodes(3, 9, 9)));
  }

  @Test
  void twoNodesHaveNoMajority() {
    assertFalse(on(nodes(1, 9)));
    assertFalse(on(nodes(0, 9, 9)));
  }

  @Test
  void deathsOneAfterTheOtherAreNoNetworkTrouble() {
    assertFalse(on(nodes(2, 31, 9)));
    assertTrue(on(nodes(2, 30, 9)));
  }

  @Test
  void itHoldsForAsLongAsTheyAreSilent() {
    Brake brake = Brake.OFF.after(nodes(1, 9, 9, 9)).after(nodes(1, 900, 900, 900));
    assertEquals(new Brake(true, Set.of("h0", "s0", "s1", "s2")), brake);
    List<Brake.Sight> oneBack = new ArrayList<>(nodes(1, 900, 900));
    oneBack.add(new Brake.Sight("s2", false, true, Duration.ZERO)); // it boots
    assertTrue(brake.after(oneBack).on());
    List<Brake.Sight> twoBack = new ArrayList<>(nodes(1, 900));
    twoBack.add(new Brake.Sight("s1", true, true, Duration.ZERO));
    twoBack.add(new Brake.Sight("s2", false, true, Duration.ZERO));
    assertFalse(brake.after(twoBack).on());
  }

  @Test
  void thoseDeclaredLostAreNotWaitedFor() {
    Brake brake = Brake.OFF.after(nodes(1, 9, 9, 9));
    assertTrue(brake.after(nodes(1, 900, 900)).on());
    assertTrue(brake.after(nodes(1, 900)).on());
    assertFalse(brake.after(nodes(1)).on());
  }

  @Test
  void whatWasNeverReadyDoesNotCount() {
    List<Brake.Sight> nodes = new ArrayList<>(nodes(1, 9));
    nodes.add(new Brake.Sight("new", false, false, Duration.ofSeconds(9)));
    assertFalse(on(nodes));
  }
}
