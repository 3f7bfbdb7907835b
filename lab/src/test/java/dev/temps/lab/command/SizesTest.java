package dev.temps.lab.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.kit.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizesTest {
  @Test
  void unitsArePowersOf1024() {
    assertEquals(512L << 20, Sizes.parse("memory", "512m"));
    assertEquals(2L << 30, Sizes.parse("memory", "2GiB"));
    assertEquals(1536L << 20, Sizes.parse("memory", "1.5g"));
    assertEquals(4096, Sizes.parse("memory", "4096"));
  }

  @Test
  void whatIsNoSizeIsRefused() {
    for (String bad : List.of("", "-1", "many", "1e9", "NaN", "1 g;", "9".repeat(40))) {
      assertThrows(ProblemException.class, () -> Sizes.parse("memory", bad), bad);
    }
  }
}
