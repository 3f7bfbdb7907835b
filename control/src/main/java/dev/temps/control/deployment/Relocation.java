package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Replicas that can't stay where they are get a successor with the same number elsewhere. From a
 * node that is being emptied they leave when the successor can answer; from one that is gone at
 * once, so that a machine that comes back finds them no longer its own. A replica for which there
 * is no other place stays; one of an app that is everywhere just leaves. Of an app that runs one at
 * a time the replica has ended before its successor starts. Pure.
 */
final class Relocation {
  /**
   * Successors of one app that may be starting at the same time while a node is emptied. With four
   * a drain of twenty took three times their start ({@code bench/lifecycle}).
   */
  static final int AT_ONCE = 10;

  private final AppState state;
  private final Release release;

  Relocation(AppState state, Release release) {
    this.state = state;
    this.release = release;
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    List<Replica> leaving =
        release.staying().stream()
            .filter(state::leaving)
            .sorted(Comparator.comparing(r -> !down(r)))
            .toList();
    if (state.oneAtATime()) {
      leaving.forEach(r -> steps.add(new Step.Vacate(release.deployment(), r, why(r))));
      return steps;
    }
    if (release.deployment().parsed().global()) {
      return leaving.isEmpty()
          ? steps
          : List.of(new Step.Retire(leaving, why(leaving.getFirst()) + "; the others stay"));
    }
    twins().forEach(steps::add);
    int starting = starting(leaving);
    for (Replica replica : leaving) {
      Optional<Replica> successor = successor(replica);
      if (successor.isPresent()) {
        leave(replica, successor.get()).ifPresent(steps::add);
      } else if (down(replica) || starting < AT_ONCE) {
        steps.add(new Step.Succeed(release.deployment(), replica, why(replica)));
        starting++;
      }
    }
    return steps;
  }

  /** A successor that is not needed any more, as the machine it was for is in use again. */
  private List<Step> twins() {
    List<Step> steps = new ArrayList<>();
    Map<Integer, List<Replica>> byNumber =
        release.staying().stream()
            .filter(r -> !state.leaving(r))
            .collect(Collectors.groupingBy(Replica::ordinal, TreeMap::new, Collectors.toList()));
    for (List<Replica> same : byNumber.values()) {
      Replica best =
          same.stream()
              .min(
                  Comparator.comparing((Replica r) -> !r.healthy())
                      .thenComparingLong(Replica::createdAt)
                      .thenComparing(Replica::id))
              .orElseThrow();
      List<Replica> others = new ArrayList<>(same);
      others.remove(best);
      if (!others.isEmpty()) {
        String where = state.nodeName(best.nodeId());
        steps.add(
            new Step.Retire(
                others,
                "it is there twice, as no machine is being emptied any more; it stays on "
                    + where));
      }
    }
    return steps;
  }

  private int starting(List<Replica> leaving) {
    return Math.toIntExact(
        leaving.stream()
            .flatMap(r -> successor(r).stream())
            .filter(successor -> !successor.healthy())
            .count());
  }

  private Optional<Replica> successor(Replica of) {
    return release.staying().stream()
        .filter(r -> r.ordinal() == of.ordinal() && !state.leaving(r))
        .findFirst();
  }

  private Optional<Step> leave(Replica replica, Replica successor) {
    boolean idle = state.app().desired() == Desired.stopped;
    if (!down(replica) && !idle && !successor.healthy() && replica.observed().serves()) {
      return Optional.empty();
    }
    String where = state.nodeName(successor.nodeId());
    return Optional.of(
        new Step.Retire(List.of(replica), why(replica) + "; its successor is on " + where));
  }

  private boolean down(Replica replica) {
    return state.down().contains(replica.nodeId());
  }

  private String why(Replica replica) {
    String node = state.nodeName(replica.nodeId());
    return down(replica) ? node + " is down" : node + " is being emptied";
  }
}
