package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.kit.testing.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnceTakerTest {
  private final FakeTime time = new FakeTime(Instant.parse("2026-11-26T14:00:00Z"));
  private final List<String> taken = new ArrayList<>();

  private OnceTaker taker(long seen) {
    return new OnceTaker(
        (bytes, from, to) ->
            taken.add(new String(bytes, from, to - from, StandardCharsets.US_ASCII)),
        seen,
        time);
  }

  private static void give(OnceTaker taker, String... lines) {
    taker.begin();
    for (String line : lines) {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
      taker.take(bytes, 0, bytes.length - 1);
    }
  }

  @Test
  void aSecondConnectionGivesOnlyWhatIsNew() {
    OnceTaker taker = taker(Long.MIN_VALUE);
    give(taker, "10 a", "11 b", "11 c");
    give(taker, "10 a", "11 b", "11 c", "11 d", "12 e", "11 late");
    assertEquals(List.of("10 a", "11 b", "11 c", "11 d", "12 e", "11 late"), taken);
  }

  @Test
  void whatAnAgentBeforeHasWrittenIsNotTakenAgain() {
    give(taker(11), "10 a", "11 b", "11 c", "12 d");
    assertEquals(List.of("12 d"), taken);
  }

  @Test
  void aClockThatWasSetBackHidesNothingForLong() {
    OnceTaker taker = taker(1_000);
    give(taker, "10 a");
    time.advance(Duration.ofSeconds(4));
    byte[] line = "11 b\n".getBytes(StandardCharsets.US_ASCII);
    taker.take(line, 0, line.length - 1);
    assertEquals(List.of("11 b"), taken);
  }
}
