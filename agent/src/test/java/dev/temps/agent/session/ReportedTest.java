package dev.temps.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Traffic;
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
    Reported reported = new Reported(null, before, null, null, said, null, said);
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

  private static Traffic traffic(long... well) {
    List<Traffic.OfApp> apps = new ArrayList<>();
    for (int i = 0; i < well.length; i++) {
      List<Long> some = List.of(0L, well[i]);
      apps.add(new Traffic.OfApp("app" + i, some, well[i], well[i], 0, 0, well[i], some));
    }
    return new Traffic("a-1", apps);
  }

  private static Reported told(@Nullable Traffic before) {
    Duration said = Duration.ofSeconds(100);
    return new Reported(null, null, null, null, said, before, said);
  }

  @Test
  void figuresAreToldEveryFiveSecondsAndOnlyOfAppsThatWereAskedSomething() {
    assertTrue(told(null).trafficDue(Duration.ZERO));
    assertFalse(told(traffic(1)).trafficDue(Duration.ofSeconds(104)));
    assertTrue(told(traffic(1)).trafficDue(Duration.ofSeconds(105)));
    assertNull(told(traffic(1, 2)).newTraffic(traffic(1, 2)));
    Traffic news = told(traffic(1, 2)).newTraffic(traffic(1, 5, 3));
    assertNotNull(news);
    assertEquals(List.of("app1", "app2"), news.apps().stream().map(Traffic.OfApp::app).toList());
  }

  @Test
  void aSessionBeginsWithAllFiguresAlsoWithNone() {
    assertEquals(traffic(), told(null).newTraffic(traffic()));
    assertEquals(traffic(1, 2), told(null).newTraffic(traffic(1, 2)));
  }
}
