package dev.temps.control.scheduler;

import dev.temps.control.scheduler.Explanation.Points;
import dev.temps.control.scheduler.Explanation.Verdict;
import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Seat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses nodes for replicas: hard conditions first, then the node with the best scores, then by
 * name. The simple way: it looks at every node for every replica. {@link Board} chooses the same
 * for many. Stateless; needs no clock and no chance.
 */
public final class Placer {
  private Placer() {}

  /**
   * Seats for {@code count} replicas, one after the other, or the reasons why not all fit. The spec
   * has passed {@link SpecCheck}.
   */
  public static Placement place(Cluster cluster, PlacementSpec spec, int count) {
    Ledger ledger = new Ledger(cluster, spec);
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Ask ask = new Ask(ledger, spec, null);
      List<NodeLoad> fitting = fitting(ledger, ask);
      @Nullable NodeLoad best = best(ask, fitting);
      if (best == null) {
        return Refusals.of(ledger, ask, seats.size(), count);
      }
      int all = ledger.nodes().size();
      seats.add(new Seat(best.node.id(), Because.of(ask, best, fitting.size(), all)));
      ledger.count(spec.occupant(best.node.id()), 1);
    }
    return new Placed(seats);
  }

  /**
   * A seat on every node that fits and has none of the release yet: what a spec with {@code global}
   * comes to. Refused when no node has one or could take one.
   */
  public static Placement everywhere(Cluster cluster, PlacementSpec spec) {
    PlacementSpec once = spec.everywhere(true);
    Ledger ledger = new Ledger(cluster, once);
    List<Seat> seats = new ArrayList<>();
    for (NodeLoad load : ledger.nodes()) {
      if (Filters.fits(new Ask(ledger, once, null), load)) {
        seats.add(new Seat(load.node.id(), "one of " + spec.app() + " is on every node that fits"));
        ledger.count(once.occupant(load.node.id()), 1);
      }
    }
    return seats.isEmpty() && ledger.group(spec.group()).total() == 0
        ? Refusals.of(ledger, new Ask(ledger, once, null), 0, 1)
        : new Placed(seats);
  }

  /** Where the next replica would go, and what every node is like for it. */
  public static Explanation explain(Cluster cluster, PlacementSpec spec) {
    Ledger ledger = new Ledger(cluster, spec);
    Ask ask = new Ask(ledger, spec, null);
    List<Verdict> fitting = new ArrayList<>();
    List<Verdict> others = new ArrayList<>();
    for (NodeLoad load : ledger.nodes()) {
      Verdict verdict = verdict(ask, load);
      (verdict.fits() ? fitting : others).add(verdict);
    }
    fitting.sort(Comparator.comparingLong(Verdict::total).reversed());
    List<String> ways = fitting.isEmpty() ? Refusals.of(ledger, ask, 0, 1).ways() : List.of();
    @Nullable String chosen = fitting.isEmpty() ? null : fitting.getFirst().nodeId();
    fitting.addAll(others);
    return new Explanation(chosen, fitting, ways);
  }

  private static Verdict verdict(Ask ask, NodeLoad load) {
    List<String> refusals =
        Filters.against(ask, load).stream().map(filter -> filter.why(ask, load)).toList();
    List<Points> points =
        refusals.isEmpty()
            ? Scores.ALL.stream()
                .map(s -> new Points(s.name(), s.value(ask, load), s.weight()))
                .toList()
            : List.of();
    long total = points.stream().mapToLong(Points::sum).sum();
    return new Verdict(load.node.id(), load.node.name(), refusals, points, total);
  }

  private static List<NodeLoad> fitting(Ledger ledger, Ask ask) {
    return ledger.nodes().stream().filter(load -> Filters.fits(ask, load)).toList();
  }

  /** The best, of equals the first. */
  private static @Nullable NodeLoad best(Ask ask, List<NodeLoad> fitting) {
    @Nullable NodeLoad best = null;
    long most = Long.MIN_VALUE;
    for (NodeLoad load : fitting) {
      long total = Scores.total(ask, load);
      if (best == null || total > most) {
        best = load;
        most = total;
      }
    }
    return best;
  }
}
