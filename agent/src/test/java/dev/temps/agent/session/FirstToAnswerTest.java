package dev.temps.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstToAnswerTest {
  private static final List<String> URLS = List.of("mesh", "public");

  private final CountDownLatch end = new CountDownLatch(1);
  private final Time time = Time.system();

  @AfterEach
  void letThreadsGo() {
    end.countDown();
  }

  private boolean silent() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Test
  void aSilentMeshDoesNotHoldUpThePublicUrl() {
    Duration start = time.elapsed();
    FirstToAnswer first = new FirstToAnswer(time, url -> url.equals("public") || silent());
    assertEquals(Optional.of("public"), first.of(URLS));
    assertTrue(time.elapsed().minus(start).toSeconds() < 2);
  }

  @Test
  void theBetterOneIsTakenWhenBothAnswer() {
    assertEquals(Optional.of("mesh"), new FirstToAnswer(time, _ -> true).of(URLS));
  }

  @Test
  void aRefusalIsNotWaitedFor() {
    FirstToAnswer first = new FirstToAnswer(time, url -> url.equals("public"));
    assertEquals(Optional.of("public"), first.of(URLS));
  }

  @Test
  void whenNobodyAnswersThereIsNone() {
    assertEquals(Optional.empty(), new FirstToAnswer(time, _ -> false).of(URLS));
  }

  @Test
  void aSingleUrlNeedsNoTrying() {
    assertEquals(Optional.of("only"), new FirstToAnswer(time, _ -> false).of(List.of("only")));
  }
}
