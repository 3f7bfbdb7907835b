package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells how far a release is, for its operation. Pure. */
final class RolloutProgress {
  private static final int TOLD_MAX = 3;

  private RolloutProgress() {}

  /**
   * How it stands.
   *
   * @param app of the release, empty when it was removed
   * @param behind names of ingress nodes that have not taken its routes yet
   */
  static Progress of(Deployment release, Optional<AppState> app, List<String> behind) {
    return switch (release.state()) {
      case starting ->
          app.<Progress>flatMap(state -> starting(state, release, behind))
              .orElseGet(() -> new Progress.End(OperationState.cancelled, "the app was removed"));
      case serving -> new Progress.End(OperationState.succeeded, words(release));
      case superseded, rolled_back, stopped ->
          release.servedAt() != null
              ? new Progress.End(OperationState.succeeded, "it served; " + words(release))
              : new Progress.End(OperationState.cancelled, words(release));
      case cancelled -> new Progress.End(OperationState.cancelled, words(release));
      case failed -> new Progress.End(OperationState.failed, words(release));
    };
  }

  /** Without last log lines: those are the release's, and not for everybody who sees operations. */
  private static String words(Deployment release) {
    String reason = release.reason() == null ? "" : release.reason();
    return "release "
        + release.number()
        + ": "
        + reason.lines().findFirst().orElse(release.state().name());
  }

  private static Optional<Progress> starting(
      AppState state, Deployment release, List<String> behind) {
    return state.releases().stream()
        .filter(r -> r.deployment().id().equals(release.id()))
        .findFirst()
        .map(r ->
            new Progress.GoOn(
                "release " + release.number() + ": " + step(state, r, behind),
                Math.min(r.healthy(), state.app().replicas()),
                state.app().replicas()));
  }

  private static String step(AppState state, Release release, List<String> behind) {
    Deployment one = release.deployment();
    if (state.app().desired() == Desired.stopped) {
      return "waits because the app is stopped; go on with: temps start " + state.app().app();
    }
    if (one.switchedAt() != null && one.routedAt() == null) {
      return "the routes lead to it"
          + (behind.isEmpty() ? "" : "; waiting for the ingress of " + String.join(", ", behind));
    }
    if (one.switchedAt() != null) {
      return "every ingress has it, and it is watched a moment before the one before goes";
    }
    if (release.healthy() >= state.app().replicas()) {
      return "all are healthy; the release before it is just taking over";
    }
    String reason = one.reason();
    if (reason != null && reason.contains(Evictions.NO_PLACE)) {
      return reason;
    }
    String missing =
        release.staying().stream()
            .filter(r -> !r.healthy())
            .limit(TOLD_MAX)
            .map(r -> replica(state, r))
            .collect(Collectors.joining("; "));
    return missing.isEmpty() ? "the next replicas come when there is room" : missing;
  }

  private static String replica(AppState state, Replica replica) {
    String node = state.nodeName(replica.nodeId());
    String who = replica.name(state.app().app()) + " on " + node;
    if (state.silent().contains(replica.nodeId())) {
      return who + " waits for " + node + ", which is not heard of";
    }
    String why = replica.observed().reason();
    return who + " is " + replica.observed().state() + (why == null ? "" : ": " + why);
  }
}
