package dev.temps.agent.session;

import dev.temps.contract.agent.Condition;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sessions that end again and again mean that a second machine uses this node's key, as after a
 * disk was cloned. Then this one opens sessions more slowly and says so. Thread-safe.
 */
final class CloneWatch {
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final int ENDINGS_MAX = 3;
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final Time time;
  private final Deque<Duration> endings = new ArrayDeque<>();

  CloneWatch(Time time) {
    this.time = time;
  }

  /** A session ended; how long to wait before the next. */
  synchronized Duration ended() {
    forget();
    endings.add(time.elapsed());
    return endings.size() > ENDINGS_MAX ? SLOW : Duration.ZERO;
  }

  private void forget() {
    Duration oldest = time.elapsed().minus(WINDOW);
    while (!endings.isEmpty() && endings.getFirst().compareTo(oldest) < 0) {
      endings.removeFirst();
    }
  }

  synchronized Condition condition() {
    forget();
    if (endings.size() <= ENDINGS_MAX) {
      return new Condition("identity", true, "");
    }
    return new Condition(
        "identity",
        false,
        "Another machine keeps taking over this node's session, so it has the same key: a copy of"
            + " this machine's disk? Stop one of them, remove /var/lib/temps/agent there and join"
            + " it with a new token.");
  }
}
