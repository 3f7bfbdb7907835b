package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private final Silence silence = new Silence();

  private void probe(boolean answered, double start, double end) {
    silence.probed(answered, seconds(start), seconds(end));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  @Test
  void itIsWhatProbesInARowCover() {
    assertEquals(Duration.ZERO, silence.shown());
    probe(false, 10, 11);
    probe(false, 11.2, 12.2);
    assertEquals(seconds(2.2), silence.shown());
    probe(true, 12.4, 12.4);
    assertEquals(Duration.ZERO, silence.shown());
  }

  @Test
  void ourOwnPauseBetweenTwoProbesProvesNothing() {
    probe(false, 10, 11);
    probe(false, 41, 42);
    assertEquals(seconds(1), silence.shown());
  }

  @Test
  void norDoesAPauseWhileAProbeWasUnderWay() {
    probe(false, 10, 40);
    assertEquals(seconds(1.5), silence.shown());
    probe(false, 40, 41);
    assertEquals(seconds(1), silence.shown());
  }
}
