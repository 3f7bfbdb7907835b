package dev.temps.control.dispatch;

import dev.temps.contract.agent.Assignment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One node's place in the dispatcher: what it was last found to need, and a bell for its polls. The
 * workloads are computed by the poll that needs them, never for nodes that don't ask.
 */
final class Slot {
  private final ReentrantLock computing = new ReentrantLock();
  private @Nullable Found found;
  private long computedFor = -1;
  private long changes;
  private CountDownLatch bell = new CountDownLatch(1);

  /** The workloads may be others now. */
  synchronized void workloadsChanged() {
    changes++;
    ring();
  }

  /** Something a poll may wait for has changed. */
  synchronized void ring() {
    bell.countDown();
    bell = new CountDownLatch(1);
  }

  /** The bell of this moment: a poll takes it first, looks, and then waits for it. */
  synchronized CountDownLatch bell() {
    return bell;
  }

  private synchronized long changes() {
    return changes;
  }

  /** What was found, and the mark of what it was made from. */
  record Found(Assignment.Workloads workloads, @Nullable Object mark) {}

  /**
   * The current workloads, computed by {@code how} when they may have changed; it is given what was
   * found before.
   */
  Assignment.Workloads workloads(Function<@Nullable Found, Found> how) {
    computing.lock();
    try {
      long now = changes();
      Found known = found;
      if (known == null || computedFor != now) {
        known = how.apply(known);
        found = known;
        computedFor = now;
      }
      return known.workloads();
    } finally {
      computing.unlock();
    }
  }
}
