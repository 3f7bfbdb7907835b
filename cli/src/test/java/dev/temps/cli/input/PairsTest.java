package dev.temps.cli.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairsTest {
  @Test
  void labelsKeepTheirOrderAndValuesMayHoldAnEqualsSign() {
    assertEquals(
        "{region=eu, note=a=b}", Pairs.labels(List.of("region=eu", "note=a=b")).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "region", "=eu", "Region=eu", "a;b=c", "$(id)=x", "-a=b", "a b=c"})
  void whatIsNoLabelIsRefused(String text) {
    assertThrows(ProblemException.class, () -> Pairs.labels(List.of(text)));
  }

  @Test
  void theSameKeyTwiceIsRefused() {
    assertThrows(ProblemException.class, () -> Pairs.labels(List.of("a=1", "a=2")));
    assertThrows(ProblemException.class, () -> Pairs.file("A=1\nA=2", "f"));
  }

  @Test
  void aFileOfVariablesMayHaveCommentsQuotesAndWindowsLineEnds() {
    Map<String, String> variables =
        Pairs.file("# comment\r\n\r\nA=1\r\nB=\"two words\"\nC='x'\nD=\nE=a=b#c\n", "f");
    assertEquals(Map.of("A", "1", "B", "two words", "C", "x", "D", "", "E", "a=b#c"), variables);
  }

  @Test
  void aBadLineIsNamedByNumberWithoutItsValue() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Pairs.file("A=1\n2BAD=hunter2\n", "prod.env"));
    assertTrue(refused.problem().detail().contains("prod.env line 2"));
    assertFalse(refused.problem().line().contains("hunter2"));
    ProblemException noEquals =
        assertThrows(ProblemException.class, () -> Pairs.file("hunter2", "prod.env"));
    assertFalse(noEquals.problem().line().contains("hunter2"));
  }
}
