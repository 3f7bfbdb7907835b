package dev.temps.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Time as a queue of what is due, in milliseconds since the run began. Work of one instant runs in
 * the order in which it was asked for. Not thread-safe: a run is one thread.
 */
final class SimTime {
  private record Due(long at, long sequence, Runnable work) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::sequence));
  private final List<Runnable> afterEach = new ArrayList<>();
  private long now;
  private long sequence;
  private long events;

  long now() {
    return now;
  }

  /** How many pieces of work have run. */
  long events() {
    return events;
  }

  /** {@code work} runs so many milliseconds from now, at once not before the present work ends. */
  void in(long millis, Runnable work) {
    queue.add(new Due(now + Math.max(0, millis), ++sequence, work));
  }

  /** {@code check} runs after every piece of work. */
  void afterEach(Runnable check) {
    afterEach.add(check);
  }

  /**
   * Steps to each due instant in turn, also to what is asked for meanwhile, and then to the end.
   */
  void advance(long millis) {
    long end = now + millis;
    while (!queue.isEmpty() && queue.peek().at() <= end) {
      Due due = queue.remove();
      now = due.at();
      due.work().run();
      events++;
      afterEach.forEach(Runnable::run);
    }
    now = end;
  }
}
