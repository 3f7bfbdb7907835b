package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @Test
  void aNetworkContainsItsOwnAndNothingElse() {
    Cidr pool = Cidr.parse("10.208.0.0/12");
    assertTrue(pool.contains(Cidr.address("10.223.255.255")));
    assertFalse(pool.contains(Cidr.address("10.224.0.0")));
    assertTrue(pool.contains(Cidr.parse("10.208.16.0/24")));
    assertTrue(Cidr.parse("0.0.0.0/0").contains(pool));
    assertTrue(Cidr.parse("10.0.0.0/8").overlaps(pool));
    assertFalse(Cidr.parse("192.168.0.0/16").overlaps(pool));
  }

  @Test
  void textAndNumberAreTheSameNetwork() {
    assertEquals("10.208.0.0/20", Cidr.parse("10.208.0.0/12").first(20).toString());
  }

  @Test
  void aPoolHasAFirstAndALastNetwork() {
    Cidr pool = Cidr.parse("10.208.0.0/12");
    assertEquals("10.208.0.0/16", pool.first(16).toString());
    assertEquals("10.223.0.0/16", pool.last(16).toString());
    assertEquals("10.1.0.0/16", Cidr.parse("10.1.0.0/16").last(16).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0", "10.0.0/8", "10.0.0.1/8", "10.0.0.0/33", "256.0.0.0/8", "a/8"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text));
  }
}
