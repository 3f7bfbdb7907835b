package dev.temps.agent.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.kit.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
  @Test
  void whatTheOperatorNamedComesFirstAndNothingTwice() {
    assertEquals(
        List.of("203.0.113.7:4000", "10.0.0.2:51820", "[2001:db8::7]:51820"),
        Endpoints.of(
            List.of("203.0.113.7:4000", "10.0.0.2"), List.of("10.0.0.2", "2001:db8::7"), 51820));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7,203.0.113.7:51820",
    "203.0.113.7:4000,203.0.113.7:4000",
    "2001:db8::7,[2001:db8::7]:51820",
    "[2001:db8::7],[2001:db8::7]:51820",
    "[2001:db8::7]:4000,[2001:db8::7]:4000"
  })
  void addressesAreCompletedWithThePort(String text, String endpoint) {
    assertEquals(endpoint, Endpoints.parse(text, 51820));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host.example",
        "1.2.3",
        "1.2.3.256",
        "1.2.3.4:0",
        "1.2.3.4:70000",
        "-1.2.3.4",
        "1.2.3.4;id"
      })
  void whatIsNoAddressIsRefusedWithExamples(String text) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Endpoints.parse(text, 51820));
    assertEquals(422, refused.problem().status());
  }
}
