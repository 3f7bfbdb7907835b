package dev.temps.control.api;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.DeploymentState;
import dev.temps.control.deployment.Observed;
import dev.temps.control.deployment.Release;
import dev.temps.control.deployment.Replica;
import dev.temps.control.ingress.AppRoutes;
import dev.temps.control.project.Environment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows apps, releases and replicas. A replica whose node is not heard of is unknown, whatever was
 * last observed, and does not count as healthy. Thread-safe.
 */
final class AppViews {
  private static final String UNKNOWN = "unknown";

  private final AppRoutes routes;

  AppViews(AppRoutes routes) {
    this.routes = routes;
  }

  /** How an app does, in the words of the contract. */
  private record Standing(String state, @Nullable String reason) {}

  /**
   * An app.
   *
   * @param newest its youngest release, also one that failed; null when it has none
   * @param address of its name inside the mesh
   */
  AppView app(AppState state, @Nullable Deployment newest, @Nullable String address) {
    Environment app = state.app();
    Optional<Release> serving = state.serving();
    Deployment shown = serving.map(Release::deployment).orElse(newest);
    int joining = Math.toIntExact(state.joining().stream().filter(r -> !silent(state, r)).count());
    int healthy =
        Math.min(
            app.replicas(), joining + serving.map(release -> healthy(state, release)).orElse(0));
    Standing standing = standing(state, newest, healthy);
    return new AppView(
        app.app(),
        app.project(),
        app.name(),
        shown == null ? "" : shown.image(),
        app.replicas(),
        healthy,
        standing.state(),
        standing.reason(),
        shown == null ? 0 : shown.parsed().port(),
        routes.urls(app.app()),
        app.app() + "." + ServiceSpec.search(app.project()),
        address,
        newest == null ? null : deployment(app, newest, state),
        null);
  }

  private Standing standing(AppState state, @Nullable Deployment newest, int healthy) {
    if (state.app().desired() == Desired.stopped) {
      return new Standing("stopped", null);
    }
    String failed =
        newest != null && newest.state() == DeploymentState.failed
            ? "release " + newest.number() + " failed: " + newest.reason()
            : null;
    String never =
        newest != null && newest.state() == DeploymentState.cancelled
            ? "release " + newest.number() + " was " + newest.reason()
            : "it never had a release";
    Optional<Release> serving = state.serving();
    if (serving.isEmpty()) {
      return state.starting().isPresent()
          ? new Standing("starting", null)
          : new Standing("failed", failed == null ? never : failed);
    }
    if (healthy >= state.app().replicas()) {
      return new Standing("running", failed);
    }
    String why = reasons(state, serving.get());
    if (healthy > 0) {
      return new Standing("degraded", why);
    }
    List<Replica> staying = serving.get().staying();
    boolean fresh = !staying.isEmpty() && staying.stream().allMatch(r -> fresh(state, r));
    return new Standing(fresh ? "starting" : "failed", why);
  }

  /** Whether it is on its way up for the first time, and nothing speaks against it. */
  private static boolean fresh(AppState state, Replica replica) {
    Observed seen = replica.observed();
    boolean up =
        switch (seen.state()) {
          case waiting, pulling, starting, running -> true;
          case exited, failed, stopped -> false;
        };
    return up && seen.restarts() == 0 && seen.health() == Health.unknown && !silent(state, replica);
  }

  private String reasons(AppState state, Release serving) {
    List<String> reasons =
        serving.staying().stream()
            .filter(r -> silent(state, r) || !r.healthy())
            .map(r -> sentence(state, serving.deployment(), r))
            .toList();
    if (!reasons.isEmpty()) {
      return String.join("; ", reasons);
    }
    String reason = serving.deployment().reason();
    return reason == null ? "replicas are missing" : reason;
  }

  private static String wayOut(AppState state, Replica replica) {
    return ". Its data is there, so it starts nowhere else: bring the machine back, or give the"
        + " data up with: temps node remove "
        + state.nodeName(replica.nodeId())
        + " --force";
  }

  private static String sentence(AppState state, Deployment release, Replica replica) {
    String who = replica.name(state.app().app()) + " on " + state.nodeName(replica.nodeId());
    if (silent(state, replica)) {
      String unknown = who + " is unknown: its node is not heard of";
      return release.parsed().mounts().isEmpty() ? unknown : unknown + wayOut(state, replica);
    }
    String why = replica.observed().reason();
    return who
        + " is "
        + replica.observed().state()
        + (replica.observed().health() == Health.unhealthy ? " and unhealthy" : "")
        + (why == null ? "" : ": " + why);
  }

  private static boolean silent(AppState state, Replica replica) {
    return state.silent().contains(replica.nodeId());
  }

  private static int healthy(AppState state, Release release) {
    return Math.toIntExact(
        release.staying().stream().filter(r -> r.healthy() && !silent(state, r)).count());
  }

  /**
   * A release.
   *
   * @param state of its app, null when that was removed
   */
  DeploymentView deployment(Environment app, Deployment deployment, @Nullable AppState state) {
    Optional<Release> live =
        state == null
            ? Optional.empty()
            : state.releases().stream()
                .filter(r -> r.deployment().id().equals(deployment.id()))
                .findFirst();
    boolean asleep =
        app.desired() == Desired.stopped && deployment.state() == DeploymentState.serving;
    Long finished = deployment.finishedAt();
    return new DeploymentView(
        deployment.id(),
        app.app(),
        app.project(),
        app.name(),
        deployment.number(),
        deployment.image(),
        deployment.digest(),
        asleep ? DeploymentState.stopped.name() : word(deployment),
        deployment.reason(),
        deployment.state().ended() ? 0 : app.replicas(),
        state == null || live.isEmpty() ? 0 : healthy(state, live.get()),
        deployment.createdAt(),
        finished == null ? 0 : finished,
        state == null || live.isEmpty()
            ? List.of()
            : live.get().replicas().stream().map(r -> container(state, deployment, r)).toList(),
        app.removedAt() == null ? routes.urls(app.app()) : List.of(),
        deployment.rollbackOf());
  }

  private static String word(Deployment deployment) {
    boolean switching =
        deployment.state() == DeploymentState.starting && deployment.switchedAt() != null;
    return switching ? "switching" : deployment.state().name();
  }

  /** A replica. */
  ContainerView container(AppState state, Deployment deployment, Replica replica) {
    boolean silent = silent(state, replica);
    String node = state.nodeName(replica.nodeId());
    return new ContainerView(
        replica.id(),
        replica.name(state.app().app()),
        state.app().app(),
        deployment.id(),
        replica.nodeId(),
        node,
        replica.address(),
        deployment.parsed().port(),
        replica.desired().name(),
        silent ? UNKNOWN : replica.observed().state().name(),
        silent ? UNKNOWN : replica.observed().health().name(),
        silent ? node + " is not heard of" : reason(replica),
        replica.observed().restarts(),
        replica.cpuMillis(),
        replica.memoryBytes(),
        deployment.image(),
        replica.createdAt(),
        replica.observed().startedAt(),
        replica.placedBecause());
  }

  private static @Nullable String reason(Replica replica) {
    return replica.retiredAt() != null
        ? "on its way out: requests end before it is stopped"
        : replica.observed().reason();
  }

  /** What a person should look at, one sentence each. */
  static List<String> problems(AppView app) {
    String why = app.reason() == null ? "" : ": " + app.reason().lines().findFirst().orElse("");
    return switch (app.state()) {
      case "degraded", "failed" -> List.of("app " + app.name() + " is " + app.state() + why);
      case "running" -> app.reason() == null ? List.of() : List.of("app " + app.name() + why);
      default -> List.of();
    };
  }
}
