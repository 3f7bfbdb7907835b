package dev.temps.contract.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void bucketsMeetWithoutGapOrOverlap() {
    for (long millis = 0; millis < 70_000; millis++) {
      int bucket = Durations.bucket(millis);
      assertTrue(Durations.least(bucket) <= millis, () -> "bucket " + bucket);
      assertTrue(
          bucket == Durations.BUCKETS - 1 || millis < Durations.least(bucket + 1),
          () -> "bucket " + bucket);
    }
    assertEquals(0, Durations.bucket(-1));
    assertEquals(Durations.BUCKETS - 1, Durations.bucket(Long.MAX_VALUE));
    assertEquals(65_536, Durations.least(Durations.BUCKETS - 1));
  }

  @Test
  void theBucketsNeverChange() {
    // They are kept in databases and spoken between versions.
    assertEquals(61, Durations.BUCKETS);
    assertEquals(7, Durations.bucket(7));
    assertEquals(8, Durations.bucket(9));
    assertEquals(9, Durations.bucket(10));
    assertEquals(12, Durations.bucket(16));
    assertEquals(36, Durations.bucket(1_024));
  }

  @Test
  void aQuantileIsOffByAnEighthAtMost() {
    SplittableRandom random = new SplittableRandom(7);
    for (int run = 0; run < 200; run++) {
      double spread = 1 + random.nextDouble() * 10;
      long[] counts = new long[Durations.BUCKETS];
      long[] all = new long[1 + random.nextInt(2_000)];
      for (int i = 0; i < all.length; i++) {
        all[i] = Math.min(60_000, (long) Math.exp(random.nextDouble() * spread));
        counts[Durations.bucket(all[i])]++;
      }
      Arrays.sort(all);
      for (double share : new double[] {0.5, 0.95, 0.99, 1}) {
        long exact = all[Math.max(0, (int) Math.ceil(share * all.length) - 1)];
        long found = Durations.quantile(counts, share);
        assertTrue(Math.abs(found - exact) <= exact / 8.0, found + " for " + exact);
      }
    }
  }

  @Test
  void ofNothingThereIsNoQuantile() {
    assertEquals(-1, Durations.quantile(new long[Durations.BUCKETS], 0.5));
  }
}
