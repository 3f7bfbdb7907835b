package dev.temps.control.scheduler;

import dev.temps.control.scheduler.Ask.Neighbour;
import java.util.List;
import java.util.stream.Stream;

/**
 * The considerations and their weights. Each counts in thousandths from 0 down, replicas of the
 * same release without end. So regions, zones and nodes of one's own come first, in this order;
 * then what somebody asked for; then databases and apps apart; then the load, of which a fifth of a
 * node counts like an image that is there and half a node like a linked neighbour.
 */
final class Scores {
  /** The load and the kind: what only depends on the node, the strategy and the kind. */
  static final List<Score> OF_NODE = List.of(new KindApart(), new Load());

  /** All others. */
  static final List<Score> OF_ASK =
      List.of(
          new Spreading(Level.REGION, 100_000),
          new Spreading(Level.ZONE, 10_000),
          new Spreading(Level.NODE, 1_000),
          new Neighbours(),
          new Preferred(),
          new Untainted(),
          new Linked(),
          new ImageThere(),
          new Fitting());

  static final List<Score> ALL = Stream.concat(OF_ASK.stream(), OF_NODE.stream()).toList();

  private static final long WORST = -1000;

  private Scores() {}

  /** Sum over all, each with its weight. */
  static long total(Ask ask, NodeLoad load) {
    return sum(ALL, ask, load);
  }

  /** Sum over some. */
  static long sum(List<Score> scores, Ask ask, NodeLoad load) {
    long sum = 0;
    for (int i = 0; i < scores.size(); i++) {
      Score score = scores.get(i);
      sum += score.weight() * score.value(ask, load);
    }
    return sum;
  }

  /** What no node of a zone exceeds in {@link #OF_ASK}, but for those that are drawn. */
  static long bound(Ask ask, NodeLoad any) {
    long sum = 0;
    for (int i = 0; i < OF_ASK.size(); i++) {
      Score score = OF_ASK.get(i);
      sum += score.weight() * score.bound(ask, any);
    }
    return sum;
  }

  /** The two scores that only depend on the node. */
  static long ofNode(NodeLoad load, WorkloadKind kind, Strategy strategy) {
    return KindApart.WEIGHT * KindApart.value(load, kind)
        + Load.WEIGHT * Load.value(load, strategy);
  }

  /**
   * What packing thinks at most of nodes whose free cpu and memory are in proportions between two.
   *
   * @param wanted by the spec, not {@link Proportion#NONE}
   */
  static long ofProportion(double wanted, double low, double high) {
    if (wanted >= low && wanted <= high) {
      return 0;
    }
    // A node in between may be better than the better end by a rounding.
    long rounding = low == high ? 0 : 1;
    return Load.WEIGHT * Math.min(0, rounding + Fitting.misfit(wanted, wanted < low ? low : high));
  }

  private record Spreading(Level level, long weight) implements Score {
    @Override
    public String name() {
      return "replicas in this " + level.word();
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      for (Spread spread : ask.spec.spreads()) {
        if (spread.level() == level) {
          return WORST * ask.group.at(level, load);
        }
      }
      return 0;
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      return level == Level.NODE ? 0 : value(ask, any);
    }
  }

  private record Neighbours() implements Score {
    @Override
    public String name() {
      return "neighbours";
    }

    @Override
    public long weight() {
      return 40;
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      int unmet = 0;
      for (Neighbour one : ask.soft) {
        unmet += one.met(load) ? 0 : 1;
      }
      return share(unmet, ask.soft.size());
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      int unmet = 0;
      for (Neighbour one : ask.soft) {
        boolean met =
            one.wish().level() == Level.NODE ? !(one.wish().near() && ask.drawing) : one.met(any);
        unmet += met ? 0 : 1;
      }
      return share(unmet, ask.soft.size());
    }
  }

  private record Preferred() implements Score {
    @Override
    public String name() {
      return "preferred labels";
    }

    @Override
    public long weight() {
      return 40;
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      List<LabelRule> rules = ask.spec.preferred();
      int unmet = 0;
      for (LabelRule rule : rules) {
        unmet += rule.met(load.node.labels()) ? 0 : 1;
      }
      return share(unmet, rules.size());
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      return 0;
    }
  }

  private record Untainted() implements Score {
    @Override
    public String name() {
      return "taints";
    }

    @Override
    public long weight() {
      return 40;
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      for (Taint taint : load.node.taints()) {
        if (!taint.hard() && !LabelFilters.tolerated(ask.spec, taint)) {
          return WORST;
        }
      }
      return 0;
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      return 0;
    }
  }

  private record Linked() implements Score {
    private static final long SAME_ZONE = WORST * 3 / 10;

    @Override
    public String name() {
      return "near what it is linked with";
    }

    @Override
    public long weight() {
      return 5;
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      long sum = 0;
      for (Tally where : ask.linked) {
        sum += where.at(Level.NODE, load) > 0 ? 0 : ofZone(where, load);
      }
      return ask.linked.isEmpty() ? 0 : sum / ask.linked.size();
    }

    private static long ofZone(Tally where, NodeLoad load) {
      return load.zone != NodeLoad.NOWHERE && where.at(Level.ZONE, load) > 0 ? SAME_ZONE : WORST;
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      if (!ask.drawing || ask.linked.isEmpty()) {
        return 0;
      }
      long sum = 0;
      for (Tally where : ask.linked) {
        sum += ofZone(where, any);
      }
      return sum / ask.linked.size();
    }
  }

  private record ImageThere() implements Score {
    @Override
    public String name() {
      return "image";
    }

    @Override
    public long weight() {
      return 2;
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      var there = ask.spec.imageThere();
      return there.isEmpty() || there.contains(load.node.id()) ? 0 : WORST;
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      return ask.drawing && !ask.spec.imageThere().isEmpty() ? WORST : 0;
    }
  }

  /** When packing, what is taken should be in the proportion of what is left. */
  private record Fitting() implements Score {
    @Override
    public String name() {
      return "cpu and memory in proportion";
    }

    @Override
    public long weight() {
      return Load.WEIGHT;
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      return Double.isNaN(ask.proportion) ? 0 : misfit(ask.proportion, load.proportion());
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      return 0; // see ofProportion
    }

    private static long misfit(double wanted, double left) {
      return (long) (WORST * Proportion.difference(wanted, left));
    }
  }

  private record KindApart() implements Score {
    private static final long WEIGHT = 30;

    @Override
    public String name() {
      return "databases and apps apart";
    }

    @Override
    public long weight() {
      return WEIGHT;
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      return value(load, ask.spec.kind());
    }

    private static long value(NodeLoad load, WorkloadKind kind) {
      return switch (kind) {
        case APP -> load.has(WorkloadKind.DATABASE) ? WORST : 0;
        case DATABASE -> load.has(WorkloadKind.APP) ? WORST : 0;
      };
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      return 0;
    }
  }

  private record Load() implements Score {
    private static final long WEIGHT = 10;

    @Override
    public String name() {
      return "load";
    }

    @Override
    public long weight() {
      return WEIGHT;
    }

    @Override
    public long value(Ask ask, NodeLoad load) {
      return value(load, ask.spec.strategy());
    }

    private static long value(NodeLoad load, Strategy strategy) {
      return switch (strategy) {
        case SPREAD -> -load.fullness();
        // Mostly the proportion decides; a node in use comes before any that isn't.
        case PACK -> Math.min(0, (load.packed() + WORST) / 5) + (load.unused() ? 3 * WORST : 0);
      };
    }

    @Override
    public long bound(Ask ask, NodeLoad any) {
      return 0;
    }
  }

  private static long share(int part, int all) {
    return all == 0 ? 0 : WORST * part / all;
  }
}
