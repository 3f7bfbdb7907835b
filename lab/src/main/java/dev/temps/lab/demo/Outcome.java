package dev.temps.lab.demo;

import dev.temps.lab.product.Progress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a demo came to.
 *
 * @param victim the machine that lost power
 * @param rate requests per second
 * @param counts what became of the requests
 * @param cut when the power went, on the clock the counts' times are from
 * @param dark how long it had none
 * @param healed how long after power came back all was as before; null when it wasn't in time
 */
public record Outcome(
    String victim,
    int rate,
    Counts counts,
    Duration cut,
    Duration dark,
    @Nullable Duration healed) {

  /** Whether no request failed, there were any, and all is as before. */
  public boolean good() {
    return counts.failed() == 0 && counts.answered() > 0 && healed != null;
  }

  /** For people. */
  public String text() {
    long all = counts.answered() + counts.failed();
    StringBuilder out = new StringBuilder();
    if (counts.failed() == 0) {
      out.append("All %d requests were answered".formatted(all));
    } else {
      out.append(
          "%d of %d requests FAILED (%s), from %s to %s after the power went"
              .formatted(
                  counts.failed(),
                  all,
                  counts.failures(),
                  after(counts.firstFailure()),
                  after(counts.lastFailure())));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "; the slowest answer took %d ms.%n%s had no power for %s; ",
            counts.slowest().toMillis(),
            victim,
            Progress.seconds(dark)));
    Duration took = healed;
    return out.append(
            took == null
                ? "it is NOT as before since it came back."
                : "all was as before " + Progress.seconds(took) + " after it came back.")
        .toString();
  }

  private String after(@Nullable Duration moment) {
    return moment == null ? "?" : Progress.seconds(moment.minus(cut));
  }

  /** For programs: one line of JSON. */
  public String json() {
    Duration took = healed;
    return """
    {"node":"%s","requests_per_second":%d,"answered":%d,"failed":%d,"slowest_millis":%d,\
    "without_power_millis":%d,"healed_after_millis":%s}\
    """
        .formatted(
            victim,
            rate,
            counts.answered(),
            counts.failed(),
            counts.slowest().toMillis(),
            dark.toMillis(),
            took == null ? "null" : took.toMillis());
  }
}
