package dev.temps.control.scheduler;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Keeps the best node of those it was shown; of equals the first by name. Not thread-safe. */
final class Search {
  /** Whose best is meant; see {@link Section.Aspect}. */
  final int aspect;

  final PlacementSpec.Size size;

  /** See {@link Ask#proportion}. */
  final double proportion;

  /** Positions of the nodes that pass {@link Filters#LASTING}; null when that is not known. */
  final @Nullable BitSet possible;

  private final Ask ask;
  private @Nullable NodeLoad best;
  private long score;

  Search(Ask ask, int aspect, @Nullable BitSet possible) {
    this.ask = ask;
    this.aspect = aspect;
    this.size = ask.spec.size();
    this.proportion = ask.proportion;
    this.possible = possible;
  }

  @Nullable NodeLoad best() {
    return best;
  }

  /** Whether a node that is at most that good, and not before that index, could be better. */
  boolean wants(long most, int index) {
    NodeLoad has = best;
    return has == null || most > score || (most == score && index < has.index);
  }

  /** Takes the node if it fits and is better. */
  void look(NodeLoad load) {
    if (Filters.fits(ask, load)) {
      long total = Scores.total(ask, load);
      if (wants(total, load.index)) {
        best = load;
        score = total;
      }
    }
  }
}
