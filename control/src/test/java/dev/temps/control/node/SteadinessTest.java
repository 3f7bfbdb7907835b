package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a node that comes and goes gets something new. */
class SteadinessTest {
  private static Duration at(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Steadiness returned(long... seconds) {
    Steadiness is = Steadiness.CALM;
    for (long one : seconds) {
      is = is.returned(at(one));
    }
    return is;
  }

  @Test
  void threeReturnsAreAnAccident() {
    assertTrue(Steadiness.CALM.steady(at(0)));
    assertTrue(returned(0, 15, 30).steady(at(30)));
  }

  @Test
  void afterTheFourthItHasToStayForAMinute() {
    Steadiness is = returned(0, 15, 30, 45);
    assertFalse(is.steady(at(45)));
    assertFalse(is.steady(at(104)));
    assertTrue(is.steady(at(105)));
    assertFalse(is.returned(at(110)).steady(at(120)), "and again when it goes again");
  }

  @Test
  void whatIsLongPastIsForgotten() {
    assertTrue(returned(0, 15, 30, 601).steady(at(601)));
    assertFalse(returned(0, 15, 30, 600).steady(at(600)));
  }

  @Test
  void itRemembersNoMoreThanItNeeds() {
    Steadiness is = Steadiness.CALM;
    for (int i = 0; i < 100_000; i++) {
      is = is.returned(at(5L * i));
    }
    assertEquals(Steadiness.RETURNS_MAX, is.returns().size());
  }
}
