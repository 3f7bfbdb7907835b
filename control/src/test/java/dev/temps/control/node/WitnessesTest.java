package dev.temps.control.node;

import static dev.temps.control.node.Verdict.Kind.alone;
import static dev.temps.control.node.Verdict.Kind.reached;
import static dev.temps.control.node.Verdict.Kind.unreachable;
import static dev.temps.control.node.Verdict.Kind.unsure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.node.Witnesses.Account;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessesTest {
  private static Account sees(double agoSeconds) {
    return new Account(true, Duration.ZERO, seconds(agoSeconds));
  }

  private static Account misses(double silentSeconds, double agoSeconds) {
    return new Account(false, seconds(silentSeconds), seconds(agoSeconds));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private static Verdict.Kind of(double silence, Account... accounts) {
    return Witnesses.on(seconds(silence), List.of(accounts)).kind();
  }

  @Test
  void allWhoAskedForLongEnoughDecide() {
    assertEquals(unreachable, of(9, misses(8.2, 0.3)));
    assertEquals(unreachable, of(9, misses(8.2, 0.3), misses(8.5, 0.1)));
    assertEquals(unsure, of(9, misses(8.1, 0.3)));
  }

  @Test
  void halfOfThemIsNotEnough() {
    assertEquals(unsure, of(9, misses(8.2, 0.3), misses(7, 0.3)));
    assertEquals(unreachable, of(9, misses(8.2, 0.3), misses(8.2, 0.3), misses(7, 0.3)));
  }

  @Test
  void oneWhoReachesItIsEnoughToKeepIt() {
    Verdict verdict = Witnesses.on(seconds(60), List.of(misses(30, 0.3), misses(40, 0.3), sees(4)));
    assertEquals(reached, verdict.kind());
    assertTrue(verdict.words().startsWith("1 of 3 witnesses still reach it"), verdict.words());
  }

  @Test
  void whatWasSeenLongAgoCountsForNothing() {
    assertEquals(alone, of(20, sees(7.1)));
    assertEquals(alone, of(20, misses(10, 7.1)));
    assertEquals(unreachable, of(20, sees(7.1), misses(10, 1)));
  }

  @Test
  void whoNeverReachedItHasNothingToSay() {
    assertEquals(alone, of(9, misses(3_600, 0.3)));
    assertEquals(reached, of(9, misses(3_600, 0.3), sees(1)));
    assertEquals(unreachable, of(9, misses(3_600, 0.3), misses(9, 0.3)));
  }

  @Test
  void withoutAnybodyItIsAlone() {
    assertEquals(alone, of(9));
  }
}
