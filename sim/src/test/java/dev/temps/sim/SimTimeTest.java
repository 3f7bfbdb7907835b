package dev.temps.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimTimeTest {
  private final SimTime time = new SimTime();
  private final List<String> done = new ArrayList<>();

  @Test
  void workAskedForMeanwhileRunsWhenItIsDue() {
    time.in(
        10,
        () -> {
          done.add("a at " + time.now());
          time.in(5, () -> done.add("b at " + time.now()));
        });
    time.in(12, () -> done.add("c at " + time.now()));
    time.advance(20);
    assertEquals(List.of("a at 10", "c at 12", "b at 15"), done);
    assertEquals(20, time.now());
  }

  @Test
  void workOfOneInstantRunsInTheOrderItWasAskedFor() {
    List.of("a", "b", "c").forEach(name -> time.in(3, () -> done.add(name)));
    time.advance(3);
    assertEquals(List.of("a", "b", "c"), done);
  }

  @Test
  void aProcessThatStandsStillDoesItsWorkLater() {
    Life life = new Life(time);
    life.in(5, () -> done.add("at " + time.now()));
    life.stop();
    time.advance(10);
    assertEquals(List.of(), done);
    life.goOn();
    time.advance(1);
    assertEquals(List.of("at 10"), done);
  }

  @Test
  void aProcessThatEndedDoesNothingMore() {
    Life life = new Life(time);
    life.every(5, 5, () -> done.add("at " + time.now()));
    time.advance(11);
    life.end();
    time.advance(11);
    assertEquals(List.of("at 5", "at 10"), done);
  }

  @Test
  void aBellThatIsRungTwiceIsAnsweredOnce() {
    Life life = new Life(time);
    Runnable bell = life.bell(2, () -> done.add("at " + time.now()));
    bell.run();
    bell.run();
    time.advance(5);
    bell.run();
    time.advance(5);
    assertEquals(List.of("at 2", "at 7"), done);
  }

  @Test
  void onlyTheWallClockIsSetAndBothDrift() {
    SimClock clock = new SimClock(time, 100);
    time.advance(1_000_000);
    assertEquals(Duration.ofMillis(1_000_100), clock.elapsed());
    long before = clock.millis();
    clock.set(Duration.ofMinutes(-5));
    assertEquals(Duration.ofMillis(1_000_100), clock.elapsed());
    assertEquals(-300_000, clock.millis() - before);
  }
}
