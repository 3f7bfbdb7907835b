package dev.temps.control.deployment;

import dev.temps.contract.api.RolloutRequest;
import dev.temps.kit.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks wishes about a rollout and puts them over what runs now. Pure. */
final class RolloutParser {
  private static final int DRAIN_MAX_SECONDS = 3_600;
  private static final RolloutRequest NOTHING = new RolloutRequest(null, null, null, null, null);

  private RolloutParser() {}

  /** The request itself, each value checked; null when it is. */
  static @Nullable RolloutRequest checked(
      @Nullable RolloutRequest asked, @Nullable String healthPath) {
    if (asked == null) {
      return null;
    }
    within("drain-timeout", asked.drainSeconds(), DRAIN_MAX_SECONDS, "seconds");
    within("max-surge", asked.maxSurge(), WishParser.REPLICAS_MAX, "replicas");
    within("max-unavailable", asked.maxUnavailable(), WishParser.REPLICAS_MAX, "replicas");
    if (asked.healthCommand() != null) {
      WishParser.command(asked.healthCommand());
    }
    int kinds =
        (healthPath != null ? 1 : 0)
            + (asked.healthCommand() != null ? 1 : 0)
            + (asked.healthNone() != null ? 1 : 0);
    if (kinds > 1) {
      throw Problem.invalid(
              "health",
              "More than one way to show health is given.",
              "Give a path, or a command, or none.")
          .raise();
    }
    return asked;
  }

  private static void within(String what, @Nullable Integer value, int most, String unit) {
    if (value != null && (value < 0 || value > most)) {
      throw Problem.invalid(
              what,
              value + " " + unit + " are not possible.",
              "Use 0 to " + most + " " + unit + ".")
          .raise();
    }
  }

  /** The wish over what runs now over the defaults. */
  static RolloutSettings merged(
      @Nullable RolloutRequest wish, @Nullable String healthPath, @Nullable RolloutSettings was) {
    RolloutRequest asked = wish == null ? NOTHING : wish;
    RolloutSettings base = was == null ? RolloutSettings.STANDARD : was;
    boolean otherKind =
        healthPath != null || asked.healthCommand() != null || asked.healthNone() != null;
    List<String> command = otherKind ? asked.healthCommand() : base.healthCommand();
    boolean none = otherKind ? Boolean.TRUE.equals(asked.healthNone()) : base.healthNone();
    RolloutSettings merged =
        new RolloutSettings(
            command == null || command.isEmpty() ? null : command,
            none,
            asked.drainSeconds() != null ? asked.drainSeconds() : base.drainSeconds(),
            asked.maxSurge() != null ? asked.maxSurge() : base.maxSurge(),
            asked.maxUnavailable() != null ? asked.maxUnavailable() : base.maxUnavailable());
    if (merged.maxSurge() != null && merged.maxSurge() == 0 && merged.maxUnavailable() == 0) {
      throw Problem.invalid(
              "max-surge",
              "With neither one replica more nor one less than wished nothing can be replaced.",
              "Raise max-surge or max-unavailable to at least 1.")
          .raise();
    }
    return merged;
  }
}
