package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.temps.agent.mesh.EndpointPlanner.Seen;
import dev.temps.agent.mesh.EndpointPlanner.Trial;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointPlannerTest {
  private static final List<String> TWO = List.of("a:1", "b:2");

  private static Duration at(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  /** One situation a row; times are seconds since the trial of a:1 began, −1 for never. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a fresh candidate gets its six seconds,                  5.9, false, -1, a:1",
    "a silent candidate is left after six seconds,            6,   false, -1, b:2",
    "one that answers stays,                                  900, true,  899, a:1",
    "one that shook hands stays though its probe is silent,   6,   false, 2, a:1",
    "one that worked is left after twelve seconds of silence, 100, false, 88, b:2",
    "one that worked is not left for a moment of silence,     100, false, 89, a:1",
    "what came before the trial says nothing about it,        6,   false, -3, b:2",
  })
  void theCandidateIs(String why, double now, boolean answered, double received, String next) {
    Duration start = at(1_000);
    Trial current = new Trial("a:1", start);
    Duration receivedAt = received == -1 ? null : start.plus(at(received));
    Trial decided =
        EndpointPlanner.next(
            TWO, current, new Seen("a:1", answered, receivedAt), start.plus(at(now)));
    assertEquals(next, endpoint(decided), why);
  }

  @Test
  void afterTheLastCandidateTheFirstIsTriedAgain() {
    Trial last = new Trial("b:2", at(0));
    assertEquals("a:1", endpoint(EndpointPlanner.next(TWO, last, silent("b:2"), at(6))));
  }

  @Test
  void anEndpointThePeerMovedToIsKept() {
    Trial current = new Trial("a:1", at(0));
    Seen roamed = new Seen("c:3", true, at(99));
    assertEquals("c:3", endpoint(EndpointPlanner.next(TWO, current, roamed, at(100))));
  }

  @Test
  void oneThatIsNoCandidateAnyMoreIsFollowedByTheFirst() {
    Trial gone = new Trial("z:9", at(0));
    assertEquals("a:1", endpoint(EndpointPlanner.next(TWO, gone, silent("z:9"), at(6))));
  }

  @Test
  void theFirstTrialIsWhatTheDeviceHas() {
    assertEquals("b:2", endpoint(EndpointPlanner.next(TWO, null, silent("b:2"), at(0))));
    assertEquals("a:1", endpoint(EndpointPlanner.next(TWO, null, silent(null), at(0))));
  }

  @Test
  void withoutCandidatesThePeerHasToSpeakFirst() {
    assertNull(EndpointPlanner.next(List.of(), null, silent(null), at(0)));
  }

  private static Seen silent(@Nullable String inUse) {
    return new Seen(inUse, false, null);
  }

  private static @Nullable String endpoint(@Nullable Trial trial) {
    return trial == null ? null : trial.endpoint();
  }
}
