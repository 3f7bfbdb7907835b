package dev.temps.contract.agent;

/**
 * Buckets for durations in whole milliseconds: up to eight each has its own, from there on every
 * doubling is cut in four, so that a quantile is off by an eighth at most. Agents count by them,
 * control planes add counts up; both must mean the same, so the buckets never change. Stateless.
 */
public final class Durations {
  private static final int EXACT = 8;
  private static final int PARTS = 4; // of every doubling
  private static final int DOUBLINGS = 13; // 8 ms to 65.5 s; a request waits 60 s at most

  /** How many there are; the last takes whatever is longer. */
  public static final int BUCKETS = EXACT + PARTS * DOUBLINGS + 1;

  private Durations() {}

  /** The bucket of a duration; negative ones are none. */
  public static int bucket(long millis) {
    if (millis < EXACT) {
      return (int) Math.max(0, millis);
    }
    int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis / EXACT);
    if (doubling >= DOUBLINGS) {
      return BUCKETS - 1;
    }
    long part = (millis >> doubling) * PARTS / EXACT - PARTS;
    return EXACT + doubling * PARTS + (int) part;
  }

  /** The least duration of a bucket; of the one past the last there is none. */
  public static long least(int bucket) {
    if (bucket < EXACT) {
      return bucket;
    }
    int doubling = (bucket - EXACT) / PARTS;
    int part = (bucket - EXACT) % PARTS;
    return (((long) PARTS + part) * EXACT / PARTS) << doubling;
  }

  /**
   * The duration that a share of all requests did not exceed, −1 when there are none: the middle of
   * its bucket.
   *
   * @param counts by bucket, cumulated nowhere
   * @param share between 0 and 1, e.g. 0.95
   */
  public static long quantile(long[] counts, double share) {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    if (all == 0) {
      return -1;
    }
    long rank = Math.max(1, (long) Math.ceil(share * (double) all));
    int bucket = 0;
    long passed = counts[0];
    while (passed < rank) {
      passed += counts[++bucket];
    }
    return bucket == BUCKETS - 1 ? least(bucket) : (least(bucket) + least(bucket + 1)) / 2;
  }
}
