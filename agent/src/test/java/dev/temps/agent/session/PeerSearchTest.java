package dev.temps.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class PeerSearchTest {
  private static final String OLD = "https://cp:8443";
  private static final String NEW = "https://10.208.0.3:8443";

  private final FakeTime time = new FakeTime();
  private final ControlUrls urls = new ControlUrls(List.of(OLD));
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private boolean connected;

  private PeerSearch search(String... addresses) {
    return new PeerSearch(
        urls, () -> List.of(addresses), () -> connected, this::answers, 8443, time);
  }

  private boolean answers(String url) {
    asked.add(url);
    return url.equals(NEW);
  }

  @Test
  void aShortSilenceAsksNobody() {
    PeerSearch search = search("10.208.0.3");
    search.step();
    time.advance(Duration.ofSeconds(2));
    search.step();
    connected = true;
    time.advance(Duration.ofSeconds(2));
    search.step();
    connected = false;
    time.advance(Duration.ofSeconds(2));
    search.step();
    assertTrue(asked.isEmpty(), asked::toString);
    time.advance(Duration.ofSeconds(2));
    search.step();
    assertEquals(NEW, urls.used());
  }

  @Test
  void oneThatTurnsOutToBeReplacedIsNotAskedAgainBeforeTheOthers() {
    PeerSearch search = search("10.208.0.3");
    time.advance(Duration.ofSeconds(4));
    search.step();
    assertEquals(NEW, urls.used());
    assertTrue(urls.passOver(NEW));
    assertEquals(OLD, urls.used());
    asked.clear();
    PeerSearch both = search("10.208.0.3");
    time.advance(Duration.ofSeconds(4));
    both.step();
    assertEquals(Set.of(NEW), asked);
  }
}
