package dev.temps.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * The time of one process: what it has planned goes with it when it ends, and waits while it is
 * stopped as by SIGSTOP.
 */
final class Life {
  private final SimTime time;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean over;
  private boolean stopped;

  Life(SimTime time) {
    this.time = time;
  }

  boolean over() {
    return over;
  }

  boolean stopped() {
    return stopped;
  }

  void end() {
    over = true;
    waiting.clear();
  }

  void stop() {
    stopped = true;
  }

  /** Goes on with all that has become due meanwhile. */
  void goOn() {
    stopped = false;
    List<Runnable> due = List.copyOf(waiting);
    waiting.clear();
    due.forEach(work -> time.in(0, () -> run(work)));
  }

  void in(long millis, Runnable work) {
    time.in(millis, () -> run(work));
  }

  private void run(Runnable work) {
    if (over) {
      return;
    }
    if (stopped) {
      waiting.add(work);
      return;
    }
    work.run();
  }

  /** First after {@code first} milliseconds, then again and again. */
  void every(long first, long millis, Runnable work) {
    in(
        first,
        () -> {
          work.run();
          every(millis, millis, work);
        });
  }

  /** A bell: rung any number of times, {@code work} runs once, so many milliseconds later. */
  Runnable bell(long millis, Runnable work) {
    boolean[] rung = new boolean[1];
    return () -> {
      if (!rung[0] && !over) {
        rung[0] = true;
        in(
            millis,
            () -> {
              rung[0] = false;
              work.run();
            });
      }
    };
  }
}
