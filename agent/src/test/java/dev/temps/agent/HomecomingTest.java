package dev.temps.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.testing.FakeTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HomecomingTest {
  private final FakeTime time = new FakeTime();
  private final AtomicBoolean told = new AtomicBoolean();

  @Test
  void aBootedMachineStartsNothingBeforeItIsToldWhatIsItsOwn() {
    Homecoming home = new Homecoming(true, told::get, time);
    assertTrue(home.waiting().isPresent());
    told.set(true);
    assertTrue(home.waiting().isEmpty());
  }

  @Test
  void withoutAControlPlaneItsOwnMemoryCountsAfterTenSeconds() {
    Homecoming home = new Homecoming(true, told::get, time);
    time.advance(Duration.ofMillis(9_999));
    assertTrue(home.waiting().isPresent());
    time.advance(Duration.ofMillis(1));
    assertFalse(home.waiting().isPresent());
  }

  @Test
  void anAgentThatStartsAgainDoesNotWait() {
    assertTrue(new Homecoming(false, told::get, time).waiting().isEmpty());
  }
}
