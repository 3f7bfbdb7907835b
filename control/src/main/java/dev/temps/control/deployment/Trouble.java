package dev.temps.control.deployment;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells when a starting replica will not make it, in words. Pure. */
final class Trouble {
  private static final int RESTARTS_MAX = 3;
  private static final Duration UNHEALTHY_LIMIT = Duration.ofSeconds(60);
  private static final Duration SILENT_LIMIT = Duration.ofSeconds(60);
  private static final Duration WAITING_LIMIT = Duration.ofMinutes(3);
  private static final Duration PULL_LIMIT = Duration.ofMinutes(15);
  // One more try of the agent: a registry that hiccups once must not end a rollout.
  private static final Duration FAILED_LIMIT = Duration.ofSeconds(5);

  private final AppState state;

  Trouble(AppState state) {
    this.state = state;
  }

  /** Why this replica's release should give up; empty while there is hope. */
  Optional<String> of(Release release, Replica replica) {
    String who = replica.name(state.app().app()) + " on " + state.nodeName(replica.nodeId()) + " ";
    return Optional.ofNullable(why(release, replica)).map(why -> who + why);
  }

  /** How a replica that was healthy broke; empty while it is well or may get well again. */
  Optional<String> relapse(Replica replica) {
    Observed seen = replica.observed();
    boolean ended =
        switch (seen.state()) {
          case exited, failed -> true;
          case running, starting -> seen.restarts() > 0;
          case waiting, pulling, stopped -> false;
        };
    if (replica.healthy() || !ended || state.silent().contains(replica.nodeId())) {
      return Optional.empty();
    }
    return Optional.of(
        replica.name(state.app().app())
            + " on "
            + state.nodeName(replica.nodeId())
            + " was healthy and then ended"
            + (seen.exitCode() == null ? "" : " with exit code " + seen.exitCode())
            + reason(seen));
  }

  private @Nullable String why(Release release, Replica replica) {
    Observed seen = replica.observed();
    if (seen.restarts() >= RESTARTS_MAX && !replica.healthy()) {
      return "keeps ending: started again "
          + seen.restarts()
          + " times"
          + (seen.exitCode() == null ? "" : ", last exit code " + seen.exitCode())
          + reason(seen);
    }
    if (state.silent().contains(replica.nodeId())) {
      return longer(replica, SILENT_LIMIT) && !replica.healthy()
          ? "can't start: its node has not been heard of for a minute"
          : null;
    }
    if (seen.generation() < replica.restartGeneration()) {
      return null; // what was seen was before the restart that is wished now
    }
    return switch (seen.state()) {
      case failed -> longerSinceMade(replica) ? "failed" + reason(seen) : null;
      case running, starting ->
          !replica.healthy() && longer(replica, UNHEALTHY_LIMIT)
              ? "is up but " + expected(release) + " for a minute" + reason(seen)
              : null;
      case waiting, exited ->
          longer(replica, WAITING_LIMIT) ? "did not start in three minutes" + reason(seen) : null;
      case pulling ->
          longer(replica, PULL_LIMIT)
              ? "still has no image after fifteen minutes" + reason(seen)
              : null;
      case stopped -> null;
    };
  }

  private static String expected(Release release) {
    ReleaseSettings settings = release.deployment().parsed();
    if (settings.pace().healthCommand() != null) {
      return "has not passed its health command";
    }
    return settings.healthPath() == null
        ? "has not taken a connection on port " + settings.port()
        : "has not answered " + settings.healthPath() + " on port " + settings.port();
  }

  private static String reason(Observed seen) {
    return seen.reason() == null || seen.reason().isBlank() ? "" : ": " + seen.reason();
  }

  private boolean longer(Replica replica, Duration limit) {
    long since = Math.max(replica.observed().at(), replica.createdAt());
    return state.nowMillis() - since >= limit.toMillis();
  }

  private boolean longerSinceMade(Replica replica) {
    return state.nowMillis() - replica.createdAt() >= FAILED_LIMIT.toMillis();
  }
}
