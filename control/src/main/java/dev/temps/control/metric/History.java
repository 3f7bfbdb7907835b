package dev.temps.control.metric;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A table of rows by resolution and time, oldest ones dropped, coarse ones made of fine ones; works
 * inside the caller's transaction. Immutable.
 *
 * @param table its name, a constant of ours
 */
record History(String table) {
  private static final int DROPPED_STEPS_MAX = 10;
  private static final int ROLLED_MAX = 10;

  /** Makes coarse rows of all fine ones from {@code start} up to, and not with, {@code end}. */
  @FunctionalInterface
  interface Coarser {
    /** Does it; both are bounds of one coarse interval. */
    void make(long start, long end);
  }

  /**
   * Has all coarse rows made whose interval ended at or before {@code upTo}, where fine ones are
   * there and they are not. What a stopped control plane left undone is caught up with, ten
   * intervals at a time.
   */
  void rollUp(Handle handle, Resolution from, Resolution to, long upTo, Coarser coarser) {
    long next =
        edge(handle, "MAX", to, Long.MIN_VALUE).map(at -> at + millis(to)).orElse(Long.MIN_VALUE);
    for (int i = 0; i < ROLLED_MAX; i++) {
      Optional<Long> first = edge(handle, "MIN", from, next);
      if (first.isEmpty()) {
        return;
      }
      long start = to.floor(first.get());
      next = start + millis(to);
      if (next > upTo) {
        return;
      }
      coarser.make(start, next);
    }
  }

  /** The first or last time there is a row for, at or after {@code start}. */
  private Optional<Long> edge(Handle handle, String which, Resolution of, long start) {
    return handle
        .createQuery(
            "SELECT "
                + which
                + "(at) FROM "
                + table
                + " WHERE resolution = :resolution AND at >= :start")
        .bind("resolution", of.step().toSeconds())
        .bind("start", start)
        .mapTo(Long.class)
        .findOne();
  }

  /** Drops what is not kept any longer, oldest first, ten intervals at most. */
  void dropOld(Handle handle, Resolution of, long now) {
    Optional<Long> oldest = edge(handle, "MIN", of, Long.MIN_VALUE);
    if (oldest.isPresent()) {
      long some = oldest.get() + DROPPED_STEPS_MAX * millis(of);
      handle
          .createUpdate("DELETE FROM " + table + " WHERE resolution = :resolution AND at < :cut")
          .bind("resolution", of.step().toSeconds())
          .bind("cut", Math.min(some, now - of.kept().toMillis()))
          .execute();
    }
  }

  private static long millis(Resolution resolution) {
    return resolution.step().toMillis();
  }
}
