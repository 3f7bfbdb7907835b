package dev.temps.agent.session;

import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/** Finds the URL to use among several by trying all at the same time. Thread-safe. */
final class FirstToAnswer {
  /** A better URL may be so much slower than the first that answers, and is still taken. */
  private static final Duration HEAD_START = Duration.ofMillis(100);

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Time time;
  private final Predicate<String> answers;

  /** {@code answers} tries one URL and may block as long as it likes; it is run in a thread. */
  FirstToAnswer(Time time, Predicate<String> answers) {
    this.time = time;
    this.answers = answers;
  }

  /** The best of those that answer soon; empty when none does within two seconds. */
  Optional<String> of(List<String> bestFirst) {
    if (bestFirst.size() < 2) {
      return bestFirst.stream().findFirst();
    }
    AtomicReferenceArray<Boolean> found = new AtomicReferenceArray<>(bestFirst.size());
    CountDownLatch decided = new CountDownLatch(1); // one answers, or all have said no
    AtomicInteger pending = new AtomicInteger(bestFirst.size());
    for (int i = 0; i < bestFirst.size(); i++) {
      int place = i;
      Thread.ofVirtual()
          .start(() -> {
            boolean yes = answers.test(bestFirst.get(place));
            found.set(place, yes);
            if (pending.decrementAndGet() == 0 || yes) {
              decided.countDown();
            }
          });
    }
    try {
      if (!decided.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || none(found)) {
        return Optional.empty();
      }
      return Optional.of(best(bestFirst, found));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty(); // whoever stops this doesn't call any more
    }
  }

  private static boolean none(AtomicReferenceArray<Boolean> found) {
    for (int i = 0; i < found.length(); i++) {
      if (Boolean.TRUE.equals(found.get(i))) {
        return false;
      }
    }
    return true;
  }

  private String best(List<String> bestFirst, AtomicReferenceArray<Boolean> found)
      throws InterruptedException {
    Duration end = time.elapsed().plus(HEAD_START);
    while (true) {
      for (int i = 0; i < bestFirst.size(); i++) {
        Boolean answered = found.get(i);
        if (Boolean.TRUE.equals(answered)) {
          return bestFirst.get(i);
        }
        if (answered == null && time.elapsed().compareTo(end) < 0) {
          break; // a better one may still answer
        }
      }
      time.pause(POLL);
    }
  }
}
