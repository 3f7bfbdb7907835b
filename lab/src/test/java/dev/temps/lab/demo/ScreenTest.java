package dev.temps.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static Frame frame(Tally tally) {
    return new Frame(
        Duration.ofSeconds(12),
        "node-3 has had no power for 7 s",
        tally.counts(),
        Duration.ofSeconds(100),
        List.of(
            new Frame.NodeLine("node-1", true, "ready", Duration.ofSeconds(12)),
            new Frame.NodeLine("node-3", false, "suspect", Duration.ofSeconds(4))));
  }

  private static Tally tally() {
    Tally tally = new Tally();
    tally.answered(Duration.ofMillis(3));
    tally.answered(Duration.ofMillis(1043));
    return tally;
  }

  @Test
  void aLineSaysAllThatIsToBeKnown() {
    assertEquals(
        "  12 s  answered 2  failed 0  node-1=ready node-3=OFF/suspect"
            + "  (node-3 has had no power for 7 s)",
        Screen.line(frame(tally())));
  }

  @Test
  void theTableSaysWhatFailedLast() {
    assertTrue(String.join("\n", Screen.table(frame(tally()))).contains("never"));
    Tally tally = tally();
    tally.failed("503", Duration.ofSeconds(97));
    String table = String.join("\n", Screen.table(frame(tally)));
    assertTrue(table.contains("3 s ago"), table);
    assertTrue(table.contains("OFF    suspect      4 s"), table);
  }

  @Test
  void theLiveTableIsDrawnOverTheOneBefore() {
    StringWriter out = new StringWriter();
    Screen screen = Screen.live(new PrintWriter(out));
    screen.show(frame(tally()));
    assertFalse(out.toString().contains("\033"));
    int lines = (int) out.toString().lines().count();
    screen.show(frame(tally()));
    assertTrue(out.toString().contains("\033[" + lines + "A\033[J"));
  }

  @Test
  void theOutcomeIsGoodOnlyWhenNothingFailedAndAllHealed() {
    Tally failing = tally();
    failing.failed("503", Duration.ofSeconds(62));
    failing.failed("503", Duration.ofSeconds(63));
    Duration took = Duration.ofSeconds(8);
    assertTrue(outcome(tally(), took).good());
    assertFalse(outcome(failing, took).good());
    assertFalse(outcome(tally(), null).good());
    assertFalse(outcome(new Tally(), took).good());
    String words = outcome(failing, took).text();
    assertTrue(words.contains("2 of 4 requests FAILED (503 ×2), from 2.0 s to 3.0 s"), words);
  }

  private static Outcome outcome(Tally tally, @org.jspecify.annotations.Nullable Duration healed) {
    return new Outcome(
        "node-3", 20, tally.counts(), Duration.ofSeconds(60), Duration.ofSeconds(35), healed);
  }
}
