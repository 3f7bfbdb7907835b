package dev.temps.kit;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void runsAtOnceAndAgainWhenWoken() {
    AtomicInteger steps = new AtomicInteger();
    try (Loop loop = Loop.start("test", LONG, steps::incrementAndGet, new SplittableRandom(1))) {
      eventually(LIMIT, "first step", () -> steps.get() == 1);
      loop.wake();
      eventually(LIMIT, "woken step", () -> steps.get() == 2);
    }
  }

  @Test
  void aStepThatThrowsIsTriedAgain() {
    AtomicInteger steps = new AtomicInteger();
    Loop.Step failing =
        () -> {
          if (steps.incrementAndGet() < 3) {
            throw new IllegalStateException("planned");
          }
        };
    try (Loop loop = Loop.start("test", LONG, failing, new SplittableRandom(1))) {
      eventually(LIMIT, "third try", () -> steps.get() == 3);
      loop.wake();
      eventually(LIMIT, "goes on", () -> steps.get() == 4);
    }
  }

  @Test
  void manyWakesDuringAStepBecomeOne() throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    CountDownLatch open = new CountDownLatch(1);
    Loop.Step slow =
        () -> {
          steps.incrementAndGet();
          open.await();
        };
    try (Loop loop = Loop.start("test", LONG, slow, new SplittableRandom(1))) {
      eventually(LIMIT, "first step", () -> steps.get() == 1);
      for (int i = 0; i < 100; i++) {
        loop.wake();
      }
      open.countDown();
      eventually(LIMIT, "one more step", () -> steps.get() == 2);
      loop.wake();
      eventually(LIMIT, "then waits again", () -> steps.get() == 3);
      assertEquals(3, steps.get());
    }
  }
}
