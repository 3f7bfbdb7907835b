package dev.temps.cli.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({"0.5,500", "2,2000", "500m,500", "0.001,1", "1.25,1250", "1024,1024000"})
  void coresAreThousandths(String text, long millis) {
    assertEquals(millis, Amounts.cpuMillis(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0m",
        "-1",
        "NaN",
        "Infinity",
        "1e3",
        "99999",
        "9999999999",
        "0x2",
        "1,5",
        "m",
        "½",
        "1 core",
        "0.0001",
        ".5",
        "٣"
      })
  void whatIsNoShareOfACpuIsRefused(String text) {
    ProblemException refused = assertThrows(ProblemException.class, () -> Amounts.cpuMillis(text));
    assertTrue(refused.problem().next().contains("0.5"));
  }

  @ParameterizedTest
  @CsvSource({
    "256M,268435456",
    "1G,1073741824",
    "1.5GiB,1610612736",
    "512 mb,536870912",
    "64T,70368744177664",
    "4096k,4194304"
  })
  void memoryIsInPowersOf1024(String text, long bytes) {
    assertEquals(bytes, Amounts.bytes(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "256", "0M", "-1G", "NaN", "65T", "999999999999T", "1E", "M", "1GG", "1e9M"})
  void whatIsNoMemoryIsRefused(String text) {
    ProblemException refused = assertThrows(ProblemException.class, () -> Amounts.bytes(text));
    assertTrue(refused.problem().next().contains("256M"));
  }

  @Test
  void lengthsOfTimeHaveAUnit() {
    assertEquals(Duration.ofMinutes(10), Amounts.duration("time", "10m"));
    assertEquals(Duration.ofDays(7), Amounts.duration("time", "7d"));
    for (String text : new String[] {"", "10", "-1h", "1w", "1h30m", "99999999999s"}) {
      assertThrows(ProblemException.class, () -> Amounts.duration("time", text), text);
    }
  }

  @Test
  void wholeNumbersStayWithinTheirBounds() {
    assertEquals(0, Amounts.whole("replicas", "0", 0, 100));
    for (String text : new String[] {"-1", "101", "1.0", "NaN", "", "99999999999", "+1"}) {
      assertThrows(ProblemException.class, () -> Amounts.whole("replicas", text, 0, 100), text);
    }
  }
}
