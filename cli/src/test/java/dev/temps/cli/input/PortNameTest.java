package dev.temps.cli.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.kit.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortNameTest {
  @Test
  void aPortIsNamedAsTheListHasIt() {
    assertEquals(new PortName(5432, "tcp"), PortName.parse("5432/tcp"));
    assertEquals("27015/udp", PortName.parse(" 27015/udp").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5432", "/tcp", "0/tcp", "65536/udp", "53/sctp", "53/UDP", "5/3/tcp"})
  void whatIsNoPortIsRefused(String text) {
    assertThrows(ProblemException.class, () -> PortName.parse(text));
  }
}
