package dev.temps.lab.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void whatIsWrittenIsRead() {
    Faults faults = Faults.NONE.withCut().withDropOut().withUdp(51820, true).withUdp(9, true);
    assertEquals("cut out udp=9 udp=51820", faults.line());
    assertEquals(faults, Faults.parse(faults.line()));
  }

  @Test
  void nothingBrokenIsAnEmptyLine() {
    assertEquals("", Faults.NONE.line());
    assertFalse(Faults.parse("").any());
  }

  @Test
  void aPortThatIsWellAgainIsForgotten() {
    assertEquals(Faults.NONE, Faults.NONE.withUdp(9, true).withUdp(9, false));
  }

  @Test
  void wordsNobodyKnowsAreLeftOut() {
    assertEquals(Faults.NONE.withDropIn(), Faults.parse("in sideways udp=123456"));
  }
}
