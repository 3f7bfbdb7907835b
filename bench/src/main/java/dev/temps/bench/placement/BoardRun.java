package dev.temps.bench.placement;

import dev.temps.bench.placement.Mix.Item;
import dev.temps.control.scheduler.Board;
import dev.temps.control.scheduler.Cluster;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.Placement;
import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Seat;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.scheduler.Spread;
import dev.temps.control.scheduler.Strategy;
import dev.temps.kit.Time;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Places a mix on a board, in memory. */
final class BoardRun {
  private static final double NANOS = 1e9;

  /**
   * What it came to.
   *
   * @param perSecond placements, the making of the board not counted
   * @param nodes with at least one item
   */
  record Result(double perSecond, int nodes) {}

  private BoardRun() {}

  static Result run(
      List<NodeState> nodes, List<Item> items, Strategy strategy, List<Spread> spreads) {
    Board board = new Board(new Cluster(nodes, List.of()));
    List<PlacementSpec> specs = items.stream().map(i -> i.spec(strategy, spreads)).toList();
    Set<String> used = new HashSet<>();
    Time time = Time.system();
    long from = time.elapsed().toNanos();
    for (PlacementSpec spec : specs) {
      used.add(seat(board.place(spec, 1)).nodeId());
    }
    double seconds = (time.elapsed().toNanos() - from) / NANOS;
    return new Result(specs.size() / seconds, used.size());
  }

  /** Of a single one, which must have a place. */
  static Seat seat(Placement placement) {
    return switch (placement) {
      case Placed placed -> placed.seats().getFirst();
      case Placement.Refused refused ->
          throw new IllegalStateException("the mix must fit: " + refused.words());
    };
  }
}
