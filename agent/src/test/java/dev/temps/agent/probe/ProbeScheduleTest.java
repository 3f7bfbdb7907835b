package dev.temps.agent.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeScheduleTest {
  private static final Duration NOW = Duration.ofHours(1);

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one that answers is asked again after five seconds, 5.0, true,  0,   true",
    "and not before,                                     4.9, true,  0,   false",
    "one that is silent is asked every second,           1.0, false, 10,  true",
    "one that is silent for long every five seconds,     4.9, false, 100, false",
  })
  void due(String why, double waited, boolean answered, long silentSeconds, boolean due) {
    Duration last = NOW.minusMillis(Math.round(waited * 1_000));
    assertEquals(due, isDue(last, answered, silentSeconds, false), why);
  }

  @Test
  void aWatchedPeerIsAskedEverySecondForAsLongAsItIsWatched() {
    assertTrue(isDue(NOW.minusMillis(1_000), true, 0, true));
    assertFalse(isDue(NOW.minusMillis(900), true, 0, true));
    assertTrue(isDue(NOW.minusMillis(1_000), false, 20, true));
    assertTrue(isDue(NOW.minusMillis(1_000), false, 100, true));
  }

  private static boolean isDue(Duration last, boolean answered, long silent, boolean watched) {
    var peer = new ProbeSchedule.Peer("n-1", last, answered, Duration.ofSeconds(silent), watched);
    return !ProbeSchedule.due(List.of(peer), NOW).isEmpty();
  }

  @Test
  void aNewPeerIsAskedAtOnceAndFirst() {
    var old = new ProbeSchedule.Peer("n-1", NOW.minusSeconds(50), true, Duration.ZERO, false);
    var fresh = new ProbeSchedule.Peer("n-2", null, false, Duration.ZERO, false);
    assertEquals(List.of(fresh, old), ProbeSchedule.due(List.of(old, fresh), NOW));
  }

  @Test
  void aLargeMeshCostsAtMostFourProbesASecond() {
    List<ProbeSchedule.Peer> thousand =
        IntStream.range(0, 1_000)
            .mapToObj(i ->
                new ProbeSchedule.Peer(
                    "n-" + i, NOW.minusMillis(i * 250L), true, Duration.ZERO, false))
            .toList();
    assertEquals(0, ProbeSchedule.due(thousand, NOW).size());
    assertTrue(ProbeSchedule.due(thousand, NOW.plusSeconds(2)).size() <= 8);
  }

  @Test
  void aRoundIsBounded() {
    List<ProbeSchedule.Peer> fresh =
        IntStream.range(0, 100)
            .mapToObj(i -> new ProbeSchedule.Peer("n-" + i, null, false, Duration.ZERO, false))
            .toList();
    assertEquals(ProbeSchedule.ROUND_MAX, ProbeSchedule.due(fresh, NOW).size());
  }
}
