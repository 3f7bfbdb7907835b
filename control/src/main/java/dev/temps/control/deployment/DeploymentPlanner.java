package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What to do next for one app. Pure: the same state gives the same steps, a state that is as wished
 * gives none. New replicas start next to old ones; when all can serve, the routes switch; when all
 * ingress nodes have taken them and nothing has crashed for a moment, the release serves and the
 * old ones go. A release that can't get there gives up while the old one serves, or serves again.
 */
public final class DeploymentPlanner {
  /**
   * How long a release is watched after the switch while the one before stands by: who crashes at
   * the first requests does so at once. A release that goes back was good before.
   */
  static final Duration WATCHED = Duration.ofSeconds(3);

  private DeploymentPlanner() {}

  /** The steps, in the order to carry them out. */
  public static List<Step> plan(AppState state) {
    List<Step> steps = new ArrayList<>();
    drain(state, steps);
    Optional<Release> starting = state.starting();
    starting.ifPresent(youngest -> supersedeOlder(state, youngest, steps));
    state.releases().stream()
        .filter(r -> !r.deployment().state().ended())
        .forEach(r -> steps.addAll(new Relocation(state, r).steps()));
    if (state.app().desired() == Desired.stopped) {
      want(state, Desired.stopped, steps);
      return steps;
    }
    want(state, Desired.running, steps);
    state.switched().ifPresent(release -> takeOver(state, release, steps));
    starting
        .filter(release -> release.deployment().switchedAt() == null)
        .ifPresent(release -> rollOut(state, release, steps));
    retireSpare(state, steps);
    Optional<Release> newest = state.newest();
    newest.ifPresent(release -> resize(state, release, steps));
    if (starting.isEmpty()) {
      newest.ifPresent(release -> restart(state, release, steps));
    }
    return steps;
  }

  private static void drain(AppState state, List<Step> steps) {
    List<Replica> drained = new ArrayList<>();
    List<Replica> ending = new ArrayList<>();
    for (Release release : state.releases()) {
      boolean ended = release.deployment().state().ended();
      List<Replica> orphans = new ArrayList<>();
      for (Replica replica : release.replicas()) {
        if (left(state, release, replica)) {
          if (!state.oneAtATime() || state.over(release, replica)) {
            drained.add(replica);
          } else if (!state.ending(replica)) {
            ending.add(replica);
          }
        } else if (replica.retiredAt() == null && ended) {
          orphans.add(replica);
        }
      }
      if (!orphans.isEmpty()) {
        steps.add(new Step.Retire(orphans, "their release has ended"));
      }
    }
    if (!ending.isEmpty()) {
      steps.add(new Step.End(ending, state.app().restartGeneration() + 1));
    }
    if (!drained.isEmpty()) {
      steps.add(new Step.Remove(drained));
    }
  }

  /**
   * Whether a replica on its way out has had its time: since no ingress asks it any more. Where
   * nothing can take over, requests are best served until the end.
   */
  private static boolean left(AppState state, Release release, Replica replica) {
    if (state.oneAtATime()) {
      return replica.retiredAt() != null;
    }
    Long left = replica.unroutedAt();
    long drain = release.deployment().parsed().pace().drain().toMillis();
    return left != null && state.nowMillis() - left >= drain;
  }

  private static void supersedeOlder(AppState state, Release youngest, List<Step> steps) {
    state.releases().stream()
        .map(Release::deployment)
        .filter(d -> d.state() == DeploymentState.starting && d.switchedAt() == null)
        .filter(d -> d.number() < youngest.deployment().number())
        .forEach(d ->
            steps.add(
                new Step.Supersede(
                    d, "release " + youngest.deployment().number() + " was asked for")));
  }

  private static void want(AppState state, Desired desired, List<Step> steps) {
    List<Replica> others =
        state.releases().stream()
            .filter(r -> !r.deployment().state().ended())
            .flatMap(r -> r.staying().stream())
            .filter(r -> r.desired() != desired)
            .toList();
    if (!others.isEmpty()) {
      steps.add(new Step.Want(others, desired));
    }
  }

  private static void rollOut(AppState state, Release release, List<Step> steps) {
    if (release.healthy() >= state.app().replicas()) {
      if (state.switched().isEmpty()) {
        steps.add(new Step.Switch(release.deployment(), healthy(state)));
      }
      return;
    }
    Trouble trouble = new Trouble(state);
    fail(release, replica -> trouble.of(release, replica), steps);
  }

  private static String healthy(AppState state) {
    return switch (state.app().replicas()) {
      case 0 -> "no replicas are wished";
      case 1 -> "its replica is healthy";
      default -> "all " + state.app().replicas() + " replicas are healthy";
    };
  }

  private static void takeOver(AppState state, Release release, List<Step> steps) {
    Trouble trouble = new Trouble(state);
    if (fail(release, replica -> trouble.relapse(replica), steps)) {
      return;
    }
    if (release.healthy() < needed(state, release)) {
      fail(release, replica -> trouble.of(release, replica), steps);
    } else if (release.deployment().routedAt() != null && watched(state, release)) {
      steps.add(new Step.Serve(release.deployment(), healthy(state)));
    }
  }

  /**
   * How many must be healthy before a release serves. One that is followed by another already gets
   * no more replicas, however many the next one was asked for with.
   */
  private static int needed(AppState state, Release release) {
    int wished = state.app().replicas();
    boolean newest =
        state
            .newest()
            .filter(r -> r.deployment().id().equals(release.deployment().id()))
            .isPresent();
    return newest ? wished : Math.min(wished, release.ordinals().size());
  }

  private static boolean watched(AppState state, Release release) {
    Long switched = release.deployment().switchedAt();
    return state.serving().isEmpty()
        || release.deployment().rollbackOf() != null
        || (switched != null && state.nowMillis() - switched >= WATCHED.toMillis());
  }

  /** Adds a failure for the first replica with a reason; whether there was one. */
  private static boolean fail(
      Release release, Function<Replica, Optional<String>> reason, List<Step> steps) {
    for (Replica replica : release.staying()) {
      Optional<String> why = reason.apply(replica);
      if (why.isPresent()) {
        steps.add(new Step.Fail(release.deployment(), why.get(), replica));
        return true;
      }
    }
    return false;
  }

  private static void resize(AppState state, Release release, List<Step> steps) {
    int surplus = release.ordinals().size() - state.app().replicas();
    int placing = failing(steps) ? 0 : Batches.room(state, release, Math.max(0, -surplus));
    if (placing > 0) {
      steps.add(new Step.Place(release.deployment(), placing));
    }
    // Of an app that is everywhere only those go whose node can't have them: see Relocation.
    if (surplus > 0 && !release.deployment().parsed().global()) {
      steps.add(
          new Step.Retire(
              surplus(state, release.staying(), surplus),
              "scaled to " + state.app().replicas() + " replicas"));
    }
  }

  private static void retireSpare(AppState state, List<Step> steps) {
    boolean ending =
        steps.stream()
            .anyMatch(
                s -> s instanceof Step.Switch || s instanceof Step.Serve || s instanceof Step.Fail);
    List<Replica> spare = ending ? List.of() : Batches.spare(state);
    if (!spare.isEmpty()) {
      steps.add(new Step.Retire(spare, "a batch of the next release can take over"));
    }
  }

  private static boolean failing(List<Step> steps) {
    return steps.stream().anyMatch(Step.Fail.class::isInstance);
  }

  /**
   * The ones to go: first what can't serve anyway, then from the most crowded node. A replica goes
   * with its successor, if it has one.
   */
  static List<Replica> surplus(AppState state, List<Replica> staying, int count) {
    List<Replica> rest = new ArrayList<>(staying);
    List<Replica> going = new ArrayList<>();
    for (int gone = 0; gone < count; gone++) {
      Map<String, Integer> own = new HashMap<>();
      rest.forEach(r -> own.merge(r.nodeId(), 1, Integer::sum));
      Replica next =
          rest.stream()
              .max(
                  Comparator.comparing((Replica r) -> !r.healthy())
                      .thenComparingInt(r -> own.getOrDefault(r.nodeId(), 0))
                      .thenComparingInt(r -> state.crowd().getOrDefault(r.nodeId(), 0))
                      .thenComparingInt(Replica::ordinal))
              .orElseThrow();
      List<Replica> both = rest.stream().filter(r -> r.ordinal() == next.ordinal()).toList();
      rest.removeAll(both);
      going.addAll(both);
    }
    return going;
  }

  private static boolean settled(AppState state, long wished, Replica replica) {
    boolean old = wished == 0; // none was ever restarted
    long healthyMillis = state.nowMillis() - replica.observed().at();
    return replica.healthy() && (old || healthyMillis >= WATCHED.toMillis());
  }

  /**
   * One after the other, so that the others go on serving; those that don't serve at once. The next
   * waits until the one before has served for a moment: ingress nodes have to hear of it first.
   */
  private static void restart(AppState state, Release release, List<Step> steps) {
    long wished = state.app().restartGeneration();
    List<Replica> staying = release.staying();
    List<Replica> waiting =
        staying.stream()
            .filter(r -> r.restartGeneration() < wished)
            .filter(r -> !state.silent().contains(r.nodeId()))
            .toList();
    waiting.stream().filter(r -> !r.healthy()).forEach(r -> steps.add(new Step.Restart(r, wished)));
    boolean oneIsAway =
        staying.stream()
                .anyMatch(r -> r.restartGeneration() >= wished && !settled(state, wished, r))
            || !steps.stream().filter(Step.Restart.class::isInstance).toList().isEmpty();
    if (!oneIsAway) {
      waiting.stream()
          .filter(Replica::healthy)
          .findFirst()
          .ifPresent(r -> steps.add(new Step.Restart(r, wished)));
    }
  }
}
