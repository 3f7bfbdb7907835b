package dev.temps.agent.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.contract.agent.PeerObservation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Silences silences = new Silences();

  static PeerObservation peer(String node, boolean reachable) {
    return new PeerObservation(node, 0, 0, 0, 0, reachable, null, null, null, null, null);
  }

  private Set<String> at(int second, PeerObservation... peers) {
    silences.saw(List.of(peers), Duration.ofSeconds(second));
    return silences.longerThan(LIMIT, Duration.ofSeconds(second));
  }

  @Test
  void aNodeIsSilentWhenItHasNotAnsweredForThatLong() {
    assertEquals(Set.of(), at(0, peer("n-2", false), peer("n-3", true)));
    assertEquals(Set.of(), at(3, peer("n-2", false), peer("n-3", false)));
    assertEquals(Set.of("n-2"), at(4, peer("n-2", false), peer("n-3", false)));
  }

  @Test
  void anAnswerStartsItAnewAndOneThatIsNoPeerAnyMoreIsForgotten() {
    at(0, peer("n-2", false), peer("n-3", false));
    at(2, peer("n-2", true));
    assertEquals(Set.of(), at(4, peer("n-2", false), peer("n-3", false)));
    assertEquals(Set.of("n-2", "n-3"), at(8, peer("n-2", false), peer("n-3", false)));
  }
}
