package dev.temps.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.temps.contract.agent.PeerObservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportedTest {
  private static PeerObservation peer(int number, boolean reachable, long silent, long age) {
    return new PeerObservation(
        "n-" + number,
        0,
        0,
        0,
        1,
        reachable,
        null,
        Long.valueOf(silent),
        null,
        null,
        Long.valueOf(age));
  }

  private static List<PeerObservation> peers(int others, PeerObservation first) {
    List<PeerObservation> all =
        new ArrayList<>(IntStream.range(0, others).mapToObj(i -> peer(i + 2, true, 0, 1)).toList());
    all.add(first);
    return all;
  }

  private static @Nullable List<PeerObservation> news(
      List<PeerObservation> before, List<PeerObservation> now, double seconds) {
    Duration said = Duration.ofSeconds(100);
    Reported reported = new Reported(null, before, null, null, said);
    return reported.newPeers(now, said.plusMillis(Math.round(seconds * 1_000)));
  }

  @Test
  void aPeerThatFallsSilentIsToldAtOnceAndEveryNewProofOfIt() {
    List<PeerObservation> well = peers(1, peer(1, true, 0, 10));
    List<PeerObservation> gone = peers(1, peer(1, false, 1_000, 0));
    List<PeerObservation> stillGone = peers(1, peer(1, false, 2_200, 0));
    assertEquals(gone, news(well, gone, 0.1));
    assertEquals(stillGone, news(gone, stillGone, 1.2));
    assertNull(news(well, peers(1, peer(1, true, 0, 900)), 1));
  }

  @Test
  void oneThatIsSilentForLongOnlyEveryFiveSeconds() {
    List<PeerObservation> before = peers(1, peer(1, false, 40_000, 0));
    List<PeerObservation> now = peers(1, peer(1, false, 41_200, 0));
    assertNull(news(before, now, 1.2));
    assertEquals(now, news(before, now, 5));
  }

  @Test
  void inALargeMeshOnlyTheTurnsAreToldAtOnce() {
    List<PeerObservation> gone = peers(60, peer(1, false, 1_000, 0));
    assertEquals(gone, news(peers(60, peer(1, true, 0, 10)), gone, 0.1));
    assertNull(news(gone, peers(60, peer(1, false, 2_200, 0)), 1.2));
  }
}
