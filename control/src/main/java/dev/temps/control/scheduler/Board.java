package dev.temps.control.scheduler;

import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Seat;
import dev.temps.control.scheduler.Section.Aspect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Places many specs one after another; each placement counts for the next. It chooses exactly what
 * {@link Placer} would for the cluster as it is by then, but looks at few nodes: nodes of a zone
 * are leaves of a tree, and branches that have no room or can't be better are left out.
 *
 * <p>Nodes stay what they were at the beginning; what changes about them (a cordon, labels,
 * capacity) needs another board, which costs some microseconds for each node and container. Not
 * thread-safe.
 */
public final class Board {
  private static final Comparator<Open> MOST_HOPE_FIRST =
      Comparator.comparingLong(Open::most)
          .reversed()
          .thenComparingInt(open -> open.section().any().index);

  private final Ledger ledger;
  private final List<Section> sections = new ArrayList<>();
  private final int[] positions;
  private final Section[] sectionOf;
  private final Possible possible;

  /** A section that may have a place, with what its nodes' scores are at most. */
  private record Open(Section section, long bound, long most) {}

  /** Nodes and what is promised on them at the beginning. */
  public Board(Cluster cluster) {
    ledger = new Ledger(cluster);
    positions = new int[ledger.nodes().size()];
    sectionOf = new Section[positions.length];
    TreeMap<List<Integer>, List<NodeLoad>> zones =
        new TreeMap<>(
            Comparator.<List<Integer>>comparingInt(List::getFirst).thenComparing(List::getLast));
    for (NodeLoad load : ledger.nodes()) {
      zones.computeIfAbsent(List.of(load.region, load.zone), _ -> new ArrayList<>()).add(load);
    }
    int position = 0;
    for (List<NodeLoad> nodes : zones.values()) {
      Section section = new Section(nodes, position);
      sections.add(section);
      for (NodeLoad load : nodes) {
        sectionOf[load.index] = section;
        positions[load.index] = position++;
      }
    }
    possible = new Possible(ledger.nodes(), positions);
  }

  /**
   * Seats for {@code count} replicas, which are promised from now on, or the reasons why not all
   * fit, and then nothing is. The spec has passed {@link SpecCheck}.
   */
  public Placement place(PlacementSpec spec, int count) {
    List<Seat> seats = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Possible.@Nullable Nodes nodes = possible.of(spec);
      Ask ask = new Ask(ledger, spec, nodes == null ? null : nodes.byIndex());
      @Nullable NodeLoad best = best(ask, nodes);
      if (best == null) {
        Placement refused = Refusals.of(ledger, ask, seats.size(), count);
        seats.forEach(seat -> remove(spec.occupant(seat.nodeId())));
        return refused;
      }
      seats.add(new Seat(best.node.id(), Because.best(ask, best)));
      add(spec.occupant(best.node.id()));
    }
    return new Placed(seats);
  }

  /** Whether one more replica would have a place; much cheaper than a refusal with its reasons. */
  public boolean fits(PlacementSpec spec) {
    Possible.@Nullable Nodes nodes = possible.of(spec);
    return best(new Ask(ledger, spec, nodes == null ? null : nodes.byIndex()), nodes) != null;
  }

  /** A container takes its place; one on an unknown node counts nowhere. */
  public void add(Occupant one) {
    refresh(ledger.count(one, 1));
  }

  /** A container that was added, placed or there at the beginning leaves. */
  public void remove(Occupant one) {
    refresh(ledger.count(one, -1));
  }

  private void refresh(@Nullable NodeLoad load) {
    if (load != null) {
      sectionOf[load.index].refresh(positions[load.index]);
    }
  }

  private @Nullable NodeLoad best(Ask ask, Possible.@Nullable Nodes nodes) {
    int aspect = Aspect.ALL.indexOf(new Aspect(ask.spec.strategy(), ask.spec.kind()));
    Search search = new Search(ask, aspect, nodes == null ? null : nodes.byPosition());
    @Nullable Collection<Integer> only = only(ask);
    if (only != null) {
      only.forEach(index -> search.look(ledger.nodes().get(index)));
      return search.best();
    }
    ask.drawn.forEach(index -> search.look(ledger.nodes().get(index)));
    List<Open> open = new ArrayList<>(sections.size());
    for (Section section : sections) {
      if (Filters.fitsZone(ask, section.any())) {
        long bound = Scores.bound(ask, section.any());
        open.add(new Open(section, bound, section.hope(search, bound)));
      }
    }
    open.sort(MOST_HOPE_FIRST);
    open.forEach(one -> one.section().search(search, one.bound()));
    return search.best();
  }

  /** The numbers of the only nodes that can be; null when there are many. */
  private @Nullable Collection<Integer> only(Ask ask) {
    PlacementSpec.Ties ties = ask.spec.ties();
    String id = ties.homes().isEmpty() ? ties.node() : ties.homes().getFirst().nodeId();
    if (id != null) {
      NodeLoad load = ledger.byId(id);
      return load == null ? List.of() : List.of(load.index);
    }
    @Nullable Collection<Integer> fewest = null;
    for (Ask.Neighbour one : ask.hard) {
      Collection<Integer> nodes = one.where().nodes();
      if (one.wish().near()
          && one.wish().level() == Level.NODE
          && (fewest == null || nodes.size() < fewest.size())) {
        fewest = nodes;
      }
    }
    return fewest;
  }
}
