package dev.temps.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "-a", "a-", "A", "a;b", "$(id)", "a\nb", "ü", "🙂", "a.b", "a b", "--help"})
  void refusesWhatCouldNotBeAHostName(String text) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Name.parse("node name", text));
    assertEquals(422, refused.problem().status());
    assertTrue(refused.problem().next().contains("lower-case"));
  }

  @Test
  void refusesThreeHundredCharactersWithoutPrintingThemAll() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Name.parse("node name", "a".repeat(300)));
    assertTrue(refused.problem().detail().length() < 120);
  }

  @Test
  void takesOrdinaryNames() {
    assertEquals("worker-2", Name.parse("node name", "worker-2").value());
    assertEquals("7", new Name("7").toString());
  }
}
