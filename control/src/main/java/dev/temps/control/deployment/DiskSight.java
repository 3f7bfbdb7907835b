package dev.temps.control.deployment;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Usage;
import dev.temps.control.scheduler.FullDisk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells from what an agent reports whether its machine's disk gets anything new. Pure. */
final class DiskSight {
  private static final String CONDITION = "disk";

  // A file system keeps a twentieth for itself, and an image takes its size twice while it is
  // unpacked: below a tenth there is no telling whether the next one fits. Ten GiB are enough for
  // any, so that a tenth of a large disk is not left unused.
  private static final long FULL_PERCENT = 90;
  private static final long ENOUGH_BYTES = 10L << 30;

  private DiskSight() {}

  /**
   * Why the disk gets nothing new; null when it does, or nothing is known of it.
   *
   * @param sizeBytes of the disk with the containers
   * @param usage null before the first report
   */
  static @Nullable FullDisk full(
      long sizeBytes, @Nullable Usage usage, List<Condition> conditions) {
    long used = usage == null ? 0 : Math.clamp(usage.diskBytes(), 0, Math.max(0, sizeBytes));
    long percent = sizeBytes <= 0 ? 0 : (long) (used * 100.0 / sizeBytes);
    long free = sizeBytes - used;
    if (percent >= FULL_PERCENT && free < ENOUGH_BYTES) {
      long over = used - (long) (sizeBytes / 100.0 * FULL_PERCENT) + 1;
      return new FullDisk(words(percent), Math.max(1, Math.min(over, ENOUGH_BYTES - free)));
    }
    // The agent also looks at the disk with volumes and at what the system keeps for itself.
    return conditions.stream()
        .filter(c -> !c.ok() && c.name().equals(CONDITION))
        .findFirst()
        .map(c -> new FullDisk(percent >= FULL_PERCENT ? words(percent) : trouble(c), 0))
        .orElse(null);
  }

  private static String words(long percent) {
    return "disk " + percent + " % full";
  }

  private static String trouble(Condition condition) {
    return "disk trouble: " + condition.detail();
  }
}
