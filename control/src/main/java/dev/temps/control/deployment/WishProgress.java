package dev.temps.control.deployment;

import dev.temps.contract.agent.ObservedState;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.Progress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells how far an app is from what was wished: a number of replicas, a restart, a stop, a start.
 * The wish stays in force when a replica can't fulfil it; only the waiting for it ends. Pure.
 */
final class WishProgress {
  private final AppState state;
  private final List<Replica> staying;
  private final int total;

  private WishProgress(AppState state, Release release) {
    this.state = state;
    this.staying = release.staying();
    this.total = state.app().replicas();
  }

  static Progress of(String kind, AppState state) {
    Optional<Release> newest = state.newest();
    if (newest.isEmpty()) {
      return new Progress.End(
          OperationState.succeeded, "no release runs; it counts for the next one");
    }
    WishProgress wish = new WishProgress(state, newest.get());
    return switch (kind) {
      case Kinds.STOP -> wish.stopped();
      case Kinds.RESTART -> wish.restarted();
      default -> wish.running(newest.get());
    };
  }

  private Progress running(Release release) {
    int healthy = Math.min(release.healthy(), total);
    boolean surplus = release.ordinals().size() > total;
    boolean leaving = release.replicas().stream().anyMatch(r -> !r.staying());
    if (healthy >= total && !surplus && !leaving) {
      return new Progress.End(
          OperationState.succeeded, healthy + " of " + total + " replicas are healthy");
    }
    if (healthy >= total) {
      return new Progress.GoOn("old replicas finish their requests", healthy, total);
    }
    return trouble(release)
        .<Progress>map(why -> new Progress.End(OperationState.failed, why))
        .orElseGet(() -> new Progress.GoOn(missing(r -> !r.healthy()), healthy, total));
  }

  private Progress restarted() {
    long wished = state.app().restartGeneration();
    List<Replica> done =
        staying.stream().filter(r -> r.restartGeneration() >= wished && r.healthy()).toList();
    if (done.size() >= staying.size()) {
      return new Progress.End(
          OperationState.succeeded, done.size() + " replicas have restarted and are healthy");
    }
    return state
        .newest()
        .flatMap(this::trouble)
        .<Progress>map(why -> new Progress.End(OperationState.failed, why))
        .orElseGet(() ->
            new Progress.GoOn(
                missing(r -> r.restartGeneration() < wished || !r.healthy()),
                done.size(),
                staying.size()));
  }

  private Progress stopped() {
    Predicate<Replica> runs =
        r -> r.observed().state() != ObservedState.stopped || state.silent().contains(r.nodeId());
    long left = staying.stream().filter(runs).count();
    int done = staying.size() - Math.toIntExact(left);
    return left == 0
        ? new Progress.End(OperationState.succeeded, done + " replicas are stopped")
        : new Progress.GoOn(missing(runs), done, staying.size());
  }

  private Optional<String> trouble(Release release) {
    Trouble trouble = new Trouble(state);
    return staying.stream()
        .filter(r -> !r.healthy())
        .flatMap(r -> trouble.of(release, r).stream())
        .findFirst()
        .map(why -> why + "; it is still tried");
  }

  private String missing(Predicate<Replica> which) {
    List<Replica> waiting = staying.stream().filter(which).toList();
    if (waiting.isEmpty()) {
      String reason = state.newest().map(r -> r.deployment().reason()).orElse(null);
      return reason != null && reason.contains(Evictions.NO_PLACE)
          ? reason
          : "replicas are being placed";
    }
    Replica first = waiting.getFirst();
    String node = state.nodeName(first.nodeId());
    String silent = state.silent().contains(first.nodeId()) ? ", which is not heard of" : "";
    int more = waiting.size() - 1;
    return "waiting for "
        + first.name(state.app().app())
        + " on "
        + node
        + silent
        + (more > 0 ? " and " + more + " more" : "");
  }
}
