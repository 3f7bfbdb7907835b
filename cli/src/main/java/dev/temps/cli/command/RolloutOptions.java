package dev.temps.cli.command;

import dev.temps.cli.Misuse;
import dev.temps.cli.input.Amounts;
import dev.temps.contract.api.RolloutRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a deploy about health and about taking over from the release before. */
final class RolloutOptions {
  private static final int REPLICAS_MAX = 100;
  private static final Duration DRAIN_MAX = Duration.ofHours(1);
  private static final int AFTER = 70; // In the help: after what is run, before the waiting.

  @Option(
      names = "--health-command",
      order = AFTER,
      paramLabel = "COMMAND",
      description = "Words, split at blanks, that end with 0 in the container once it can serve.")
  private @Nullable String healthCommand;

  @Option(
      names = "--health-none",
      order = AFTER,
      description = "Staying up for 5 s is enough, e.g. for a worker without a port.")
  private boolean healthNone;

  @Option(
      names = "--drain-timeout",
      order = AFTER,
      paramLabel = "TIME",
      description = "How long old replicas may finish requests, up to 1h; at first 5s.")
  private @Nullable String drainTimeout;

  @Option(
      names = "--max-surge",
      order = AFTER,
      paramLabel = "N",
      description = "Come in batches of N above the replicas wished; at first all at once.")
  private @Nullable String maxSurge;

  @Option(
      names = "--max-unavailable",
      order = AFTER,
      paramLabel = "N",
      description = "Replicas that may be missing while batches come; at first 0.")
  private @Nullable String maxUnavailable;

  /**
   * What was said; null when nothing was.
   *
   * @param byPath whether a path shows health
   */
  @Nullable RolloutRequest request(boolean byPath) {
    if ((byPath ? 1 : 0) + (healthCommand != null ? 1 : 0) + (healthNone ? 1 : 0) > 1) {
      throw Misuse.of(
          "--health, --health-command and --health-none exclude each other.", "Give one of them.");
    }
    RolloutRequest request =
        new RolloutRequest(
            healthCommand == null ? null : words(healthCommand),
            healthNone ? true : null,
            drainTimeout == null ? null : seconds(drainTimeout),
            number("max-surge", maxSurge),
            number("max-unavailable", maxUnavailable));
    return request.equals(new RolloutRequest(null, null, null, null, null)) ? null : request;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
  }

  private static int seconds(String text) {
    Duration time = Amounts.duration("drain-timeout", text);
    if (time.compareTo(DRAIN_MAX) > 0) {
      throw Misuse.of("--drain-timeout is more than an hour.", "Give 0s to 1h.");
    }
    return Math.toIntExact(time.toSeconds());
  }

  private static @Nullable Integer number(String what, @Nullable String text) {
    return text == null ? null : Integer.valueOf(Amounts.whole(what, text, 0, REPLICAS_MAX));
  }
}
