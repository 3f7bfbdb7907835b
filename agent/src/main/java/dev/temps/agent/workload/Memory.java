package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one workload in this process: failures, ends, when to try again. Immutable.
 *
 * @param generation the restart generation it is about; another one starts afresh
 * @param failed kind of work that failed last, null if none
 * @param reason why, in words; null if nothing failed
 * @param failures of that kind in a row
 * @param notBefore when that kind may be tried again, on the clock of {@code Time.elapsed}
 * @param crashes ends by itself without a stable minute between them
 * @param restarts how often it was started again
 * @param endSeen end that was counted last
 */
record Memory(
    long generation,
    @Nullable Step failed,
    @Nullable String reason,
    int failures,
    Duration notBefore,
    int crashes,
    int restarts,
    Instant endSeen) {

  private static final Duration STABLE = Duration.ofMinutes(1);

  static Memory fresh(long generation) {
    return new Memory(generation, null, null, 0, Duration.ZERO, 0, 0, Instant.EPOCH);
  }

  /** A higher generation forgives everything, so that a restart asked for happens at once. */
  Memory of(long wanted) {
    if (wanted == generation) {
      return this;
    }
    return new Memory(wanted, null, null, 0, Duration.ZERO, 0, restarts, endSeen);
  }

  /** The work failed. */
  Memory failed(Step step, String why, Duration now, Patience patience) {
    int count = step == failed ? failures + 1 : 1;
    Duration next = now.plus(patience.afterFailure(count));
    return new Memory(generation, step, why, count, next, crashes, restarts, endSeen);
  }

  /** The work was done. */
  Memory done(Action action) {
    boolean again = action instanceof Action.Start start && start.again();
    int count = again ? restarts + 1 : restarts;
    return new Memory(generation, null, null, 0, Duration.ZERO, crashes, count, endSeen);
  }

  /**
   * Looks at the container: an end that wasn't seen yet counts when it should have gone on running.
   */
  Memory sees(
      @Nullable ContainerInfo container, boolean meantToRun, Duration now, Patience patience) {
    if (container == null
        || container.state() != ContainerState.exited
        || container.finishedAt().equals(endSeen)) {
      return this;
    }
    Instant end = container.finishedAt();
    if (!meantToRun) {
      return new Memory(generation, failed, reason, failures, notBefore, 0, restarts, end);
    }
    Duration ran = Duration.between(container.startedAt(), end);
    int count = ran.compareTo(STABLE) >= 0 ? 1 : crashes + 1;
    Duration next = now.plus(patience.afterCrash(count));
    return new Memory(generation, null, null, 0, next, count, restarts, end);
  }

  /** Whether this kind of work has to wait for {@link #notBefore}. */
  boolean mustWait(Step step, Duration now) {
    boolean about = failed == null ? step == Step.start : step == failed;
    return about && now.compareTo(notBefore) < 0;
  }
}
