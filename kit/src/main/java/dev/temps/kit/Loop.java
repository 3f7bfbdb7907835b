package dev.temps.kit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Runs a step again and again on one named virtual thread: at once when woken (wakes coalesce), and
 * every period to repair what events lost. A step that throws is logged and tried again with
 * backoff. Only wiring classes make loops. Thread-safe.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Loop.class.getName());
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);
  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  /** One bounded, repeatable piece of work. */
  @FunctionalInterface
  public interface Step {
    /** Does it. May be run again at any time. */
    void step() throws Exception;
  }

  private final Semaphore wakes = new Semaphore(0);
  private final String name;
  private final Duration period;
  private final Step step;
  private final RandomGenerator random;
  private final Thread thread;
  private volatile boolean closed;

  private Loop(String name, Duration period, Step step, RandomGenerator random) {
    this.name = name;
    this.period = period;
    this.step = step;
    this.random = random;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** Starts the loop; its first step runs at once. */
  public static Loop start(String name, Duration period, Step step, RandomGenerator random) {
    Loop loop = new Loop(name, period, step, random);
    loop.thread.start();
    return loop;
  }

  /** Asks for a step soon; many wakes before it runs become one. */
  public void wake() {
    wakes.release();
  }

  private void run() {
    int failures = 0;
    while (!closed) {
      try {
        wakes.drainPermits();
        step.step();
        failures = 0;
        awaitWakeOr(period);
      } catch (InterruptedException e) {
        return; // close() is the only one who interrupts
      } catch (Exception e) {
        if (closed) {
          return;
        }
        LOG.log(Level.WARNING, name + " failed and will be tried again: " + e, e);
        if (!pauseAfter(failures++)) {
          return;
        }
      }
    }
  }

  private boolean pauseAfter(int failures) {
    try {
      awaitWakeOr(AFTER_FAILURE.before(failures, random));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void awaitWakeOr(Duration limit) throws InterruptedException {
    boolean woken = wakes.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (woken) {
      wakes.drainPermits();
    }
  }

  /** Ends the loop; waits up to five seconds for a running step. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(JOIN_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
