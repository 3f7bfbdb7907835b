package dev.temps.control.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** How long writes took, tries again included. Thread-safe. */
public final class WriteTimes {
  /** Upper bounds of the buckets but the last, which has none; in milliseconds. */
  public static final List<Integer> BOUNDS_MILLIS = List.of(1, 5, 10, 25, 50, 100, 250, 1_000);

  private final List<LongAdder> buckets =
      IntStream.rangeClosed(0, BOUNDS_MILLIS.size()).mapToObj(_ -> new LongAdder()).toList();
  private final LongAdder nanos = new LongAdder();

  void took(Duration length) {
    int bucket = 0;
    while (bucket < BOUNDS_MILLIS.size()
        && length.toNanos() > BOUNDS_MILLIS.get(bucket) * 1_000_000L) {
      bucket++;
    }
    buckets.get(bucket).increment();
    nanos.add(length.toNanos());
  }

  /** How many writes there were in each bucket; one more than there are bounds. */
  public List<Long> counts() {
    return buckets.stream().map(LongAdder::sum).toList();
  }

  /** How long all of them took. */
  public Duration sum() {
    return Duration.ofNanos(nanos.sum());
  }
}
