package dev.temps.control.scheduler;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One replica asks for a place: its spec, with everything looked up that filters and scores count.
 * Good until the ledger changes. Not thread-safe.
 */
final class Ask {
  /** A wish about a neighbour and where that is. */
  record Neighbour(Affinity wish, Tally where) {
    /** Whether a node does as wished. */
    boolean met(NodeLoad load) {
      return wish.near() == isAt(where, wish.level(), load);
    }
  }

  /** How uneven the release may be at a level, and the fewest any place has that could take one. */
  record Skew(Spread spread, int least) {}

  // Looking at so many one by one still costs less than not knowing where the best are.
  private static final int DRAWN_MAX = 256;

  final PlacementSpec spec;
  final Tally group;

  /** Of what it takes when it is packed; {@link Proportion#NONE} when that does not matter. */
  final double proportion;

  final List<Neighbour> hard = new ArrayList<>(0);
  final List<Neighbour> soft = new ArrayList<>(0);
  final List<Tally> linked;
  final List<Skew> skews = new ArrayList<>(0);

  /** Where somebody is that must not be beside it, by level. */
  private final Map<Level, Tally> shunning = new EnumMap<>(Level.class);

  /** Nodes that something draws it to, by number; empty when they are too many to look at. */
  final Set<Integer> drawn;

  /** Whether {@link #drawn} has all of them. */
  final boolean drawing;

  /**
   * Looks everything up.
   *
   * @param possible numbers of the nodes that pass {@link Filters#LASTING}; null when that is not
   *     known yet
   */
  Ask(Ledger ledger, PlacementSpec spec, @Nullable BitSet possible) {
    this.spec = spec;
    this.group = ledger.group(spec.group());
    this.proportion =
        spec.strategy() == Strategy.PACK
            ? Proportion.of(spec.size().cpuMillis(), spec.size().memoryBytes())
            : Proportion.NONE;
    for (Affinity wish : spec.affinities()) {
      boolean itself = wish.target().equals(spec.name());
      if (itself && wish.near() && group.total() == 0) {
        continue;
      }
      (wish.hard() ? hard : soft)
          .add(new Neighbour(wish, itself ? group : ledger.named(wish.target())));
    }
    this.linked =
        spec.linked().isEmpty()
            ? List.of()
            : spec.linked().stream().sorted().map(ledger::named).toList();
    if (spec.name() != null) {
      for (Level level : Level.values()) {
        Tally where = ledger.shunning(spec.name(), level);
        if (where.total() > 0) {
          shunning.put(level, where);
        }
      }
    }
    Set<Integer> nodes = new TreeSet<>();
    this.drawing = draw(ledger, nodes);
    this.drawn = drawing ? nodes : Set.of();
    for (Spread spread : spec.spreads()) {
      if (spread.hard()) {
        skews.add(new Skew(spread, least(ledger, spread.level(), possible)));
      }
    }
  }

  /** Gathers what draws it to single nodes; false as soon as those are too many. */
  private boolean draw(Ledger ledger, Set<Integer> into) {
    for (Neighbour one : soft) {
      if (one.wish().near() && one.wish().level() == Level.NODE) {
        into.addAll(one.where().nodes());
      }
    }
    linked.forEach(tally -> into.addAll(tally.nodes()));
    if (into.size() + spec.imageThere().size() > DRAWN_MAX) {
      return false;
    }
    for (String id : spec.imageThere()) {
      NodeLoad load = ledger.byId(id);
      if (load != null) {
        into.add(load.index);
      }
    }
    return true;
  }

  private int least(Ledger ledger, Level level, @Nullable BitSet possible) {
    int least = Integer.MAX_VALUE;
    for (NodeLoad load : ledger.nodes()) {
      if (load.place(level) != NodeLoad.NOWHERE && possible(load, possible)) {
        least = Math.min(least, group.at(level, load));
        if (least == 0) {
          break;
        }
      }
    }
    return least == Integer.MAX_VALUE ? 0 : least;
  }

  private boolean possible(NodeLoad load, @Nullable BitSet known) {
    return known == null ? Filters.passes(Filters.LASTING, this, load) : known.get(load.index);
  }

  // A node of no zone is in nobody's zone: near nobody, apart from everybody.
  private static boolean isAt(Tally where, Level level, NodeLoad load) {
    return load.place(level) != NodeLoad.NOWHERE && where.at(level, load) > 0;
  }

  /** Whether one is in the node's places that must not have this one there. */
  boolean shunned(NodeLoad load) {
    for (Map.Entry<Level, Tally> one : shunning.entrySet()) {
      if (isAt(one.getValue(), one.getKey(), load)) {
        return true;
      }
    }
    return false;
  }
}
