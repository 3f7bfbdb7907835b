package dev.temps.agent.workload;

import dev.temps.kit.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before trying again: doubling from a second to half a minute. */
record Patience(RandomGenerator random) {
  private static final Backoff WAITS = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** After the nth failure in a row. */
  Duration afterFailure(int count) {
    return WAITS.before(count - 1, random);
  }

  /** After the nth end without a stable minute; the first restart is at once. */
  Duration afterCrash(int count) {
    return count <= 1 ? Duration.ZERO : WAITS.before(count - 2, random);
  }
}
