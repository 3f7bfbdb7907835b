package dev.temps.agent.session;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Something changed; many raises before a wait become one. Thread-safe. */
public final class Signal {
  private final Semaphore raised = new Semaphore(0);

  /** Wakes the waiter, or the next one. */
  public void raise() {
    raised.release();
  }

  /** Waits until raised, at most {@code limit}. */
  public void await(Duration limit) throws InterruptedException {
    if (raised.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      raised.drainPermits();
    }
  }
}
