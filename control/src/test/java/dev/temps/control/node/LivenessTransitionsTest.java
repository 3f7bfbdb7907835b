package dev.temps.control.node;

import static dev.temps.control.node.Liveness.down;
import static dev.temps.control.node.Liveness.pending;
import static dev.temps.control.node.Liveness.ready;
import static dev.temps.control.node.Liveness.suspect;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LivenessTransitionsTest {
  private static final Duration HEARD = Duration.ofSeconds(100);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final LivenessSignal TICK = tick(EVERY, Verdict.Kind.alone);
  private static final LivenessSignal UNREACHED = tick(EVERY, Verdict.Kind.unreachable);
  private static final LivenessSignal LOST = new LivenessSignal.DeclaredLost("owner");
  private static final LivenessSignal PROVEN = new LivenessSignal.Reported(true);
  private static final LivenessSignal UNPROVEN = new LivenessSignal.Reported(false);
  private static final LivenessSignal REBOOTED = new LivenessSignal.SessionOpened(true);
  private static final LivenessSignal RECONNECTED = new LivenessSignal.SessionOpened(false);

  static Stream<Arguments> edges() {
    return Stream.of(
        edge("proof makes it ready", pending, false, PROVEN, 1, ready),
        edge("a report alone does not", pending, false, UNPROVEN, 1, pending),
        edge("a session alone does not", pending, false, RECONNECTED, 1, pending),
        edge("pending is never suspect", pending, false, TICK, 10_000, pending),
        edge("but it can be down", pending, false, TICK, 30_001, down),
        edge("three seconds are fine", ready, true, TICK, 3_000, ready),
        edge("more is suspect", ready, true, TICK, 3_001, suspect),
        edge("suspect stays so", suspect, true, TICK, 20_000, suspect),
        edge("thirty seconds are fine", suspect, true, TICK, 30_000, suspect),
        edge("more is down", suspect, true, TICK, 30_001, down),
        edge("suspicion comes first, also late", ready, true, TICK, 60_000, suspect),
        edge("eight seconds are fine", suspect, true, UNREACHED, 7_999, suspect),
        edge("then witnesses decide", suspect, true, UNREACHED, 8_000, down),
        edge("unsure ones do not", suspect, true, of(Verdict.Kind.unsure), 90_000, suspect),
        edge("a reached one lives", suspect, true, of(Verdict.Kind.reached), 900_000, suspect),
        edge("a held one waits", suspect, true, of(Verdict.Kind.held), 900_000, suspect),
        edge("also a pending one", pending, true, of(Verdict.Kind.held), 900_000, pending),
        edge("or one that is reached", pending, true, of(Verdict.Kind.reached), 900_000, pending),
        edge("but a person knows better", suspect, true, LOST, 4_000, down),
        edge("a report ends suspicion", suspect, true, PROVEN, 5_000, ready),
        edge("also one that proves nothing", suspect, true, UNPROVEN, 5_000, ready),
        edge("a session does too", suspect, true, RECONNECTED, 5_000, ready),
        edge("a report brings it back", down, true, PROVEN, 90_000, ready),
        edge("down without proof comes back as pending", down, false, UNPROVEN, 90_000, pending),
        edge("a reboot asks for a new proof", ready, true, REBOOTED, 5_000, pending),
        edge("also of one that was down", down, true, REBOOTED, 90_000, pending),
        edge("a lost path does not take readiness", ready, true, UNPROVEN, 1_000, ready),
        edge("down stays down", down, true, TICK, 90_000, down));
  }

  private static LivenessSignal of(Verdict.Kind kind) {
    return tick(EVERY, kind);
  }

  private static LivenessSignal tick(Duration every, Verdict.Kind kind) {
    return new LivenessSignal.Ticked(every, new Verdict(kind, "words"));
  }

  private static Arguments edge(
      String what, Liveness from, boolean proven, LivenessSignal signal, long millis, Liveness to) {
    return Arguments.of(what, from, proven, signal, millis, to);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edges")
  void edgeOfALife(
      String what, Liveness from, boolean proven, LivenessSignal signal, long millis, Liveness to) {
    LivenessTransitions.Step step =
        LivenessTransitions.on(
            new LivenessState(from, proven, HEARD), signal, HEARD.plusMillis(millis));
    assertEquals(to, step.next().liveness(), what);
    assertEquals(from == to ? 0 : 1, step.effects().size(), what);
    step.effects().forEach(e -> assertEquals(List.of(from, to), List.of(e.from(), e.to())));
  }

  @Test
  void slowReportersHaveMoreTime() {
    LivenessState state = new LivenessState(ready, true, HEARD);
    LivenessState doubted = new LivenessState(suspect, true, HEARD);
    LivenessSignal slow = tick(Duration.ofSeconds(8), Verdict.Kind.alone);
    assertEquals(ready, at(state, slow, 24_000));
    assertEquals(suspect, at(state, slow, 24_001));
    assertEquals(down, at(doubted, slow, 30_001));
    LivenessSignal slower = tick(Duration.ofSeconds(20), Verdict.Kind.alone);
    assertEquals(suspect, at(doubted, slower, 120_000));
    assertEquals(down, at(doubted, slower, 120_001));
    LivenessSignal unreached = tick(Duration.ofSeconds(8), Verdict.Kind.unreachable);
    assertEquals(suspect, at(doubted, unreached, 24_000));
    assertEquals(down, at(doubted, unreached, 24_001));
  }

  private static Liveness at(LivenessState state, LivenessSignal signal, long millis) {
    return LivenessTransitions.on(state, signal, HEARD.plusMillis(millis)).next().liveness();
  }

  @Test
  void ourOwnPauseGivesEverybodyAFreshDeadline() {
    LivenessState state = new LivenessState(ready, true, HEARD);
    Duration after = HEARD.plusSeconds(60);
    LivenessState fresh =
        LivenessTransitions.on(state, new LivenessSignal.PauseEnded(), after).next();
    assertEquals(ready, fresh.liveness());
    assertEquals(
        ready, LivenessTransitions.on(fresh, TICK, after.plusSeconds(3)).next().liveness());
  }

  @Test
  void ourOwnPauseDoesNotRaiseTheDead() {
    LivenessState dead = new LivenessState(down, true, HEARD);
    Duration after = HEARD.plusSeconds(60);
    assertEquals(dead, LivenessTransitions.on(dead, new LivenessSignal.PauseEnded(), after).next());
  }

  @Test
  void aRestartOfTheControlPlaneRemembersAndWaits() {
    LivenessState state = LivenessState.remembered(true, HEARD, Duration.ofSeconds(10));
    assertEquals(ready, at(state, TICK, 13_000));
    assertEquals(suspect, at(state, TICK, 13_001));
    assertEquals(pending, LivenessState.remembered(false, HEARD, Duration.ZERO).liveness());
  }
}
