package dev.temps.contract.release;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseVersionTest {
  @Test
  void numbersCountAsNumbersAndWhatComesBeforeARelaseSortsFirst() {
    List<String> rising = List.of("0.1.0", "0.1.9", "0.1.10", "0.2.0-rc1", "0.2.0", "1.0.0");
    for (int i = 1; i < rising.size(); i++) {
      ReleaseVersion lower = ReleaseVersion.parse(rising.get(i - 1));
      ReleaseVersion higher = ReleaseVersion.parse(rising.get(i));
      assertTrue(lower.compareTo(higher) < 0, lower + " before " + higher);
      assertTrue(higher.compareTo(lower) > 0, higher + " after " + lower);
    }
  }

  @Test
  void whatIsNoVersionIsRefused() {
    for (String text : List.of("", "1", "1.2", "v1.2.3", "1.2.3 ", "1.2.3-$(id)", "9999999.1.1")) {
      assertThrows(ProblemException.class, () -> ReleaseVersion.parse(text), text);
    }
  }
}
