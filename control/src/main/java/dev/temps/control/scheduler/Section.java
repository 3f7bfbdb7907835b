package dev.temps.control.scheduler;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The nodes of one zone as the leaves of a binary tree that knows for every branch what is the most
 * any of its nodes has left and how good the best is. Not thread-safe.
 */
final class Section {
  /** A strategy for a kind: they see different nodes as good. */
  record Aspect(Strategy strategy, WorkloadKind kind) {
    static final List<Aspect> ALL =
        Arrays.stream(Strategy.values())
            .flatMap(s -> Arrays.stream(WorkloadKind.values()).map(k -> new Aspect(s, k)))
            .toList();
  }

  private static final long NO_NODE = Long.MIN_VALUE;
  private static final int ROOT = 1;

  /** By name; the numbers of all nodes begin with those of this section at {@code offset}. */
  private final List<NodeLoad> nodes;

  private final int offset;
  private final int leaves;
  private final long[] cpuLeft;
  private final long[] memoryLeft;
  private final long[] diskLeft;
  private final double[] lowest;
  private final double[] highest;
  private final long[][] best;
  private final int[] first;

  Section(List<NodeLoad> nodes, int offset) {
    this.nodes = nodes;
    this.offset = offset;
    this.leaves = Integer.highestOneBit(Math.max(1, nodes.size() * 2 - 1));
    this.cpuLeft = none();
    this.memoryLeft = none();
    this.diskLeft = none();
    this.lowest = new double[2 * leaves];
    this.highest = new double[2 * leaves];
    Arrays.fill(lowest, 1);
    this.best = new long[Aspect.ALL.size()][];
    Arrays.setAll(best, _ -> none());
    this.first = new int[2 * leaves];
    Arrays.fill(first, Integer.MAX_VALUE);
    for (int i = 0; i < nodes.size(); i++) {
      first[leaves + i] = nodes.get(i).index;
      leaf(i);
    }
    for (int at = leaves - 1; at >= ROOT; at--) {
      first[at] = first[2 * at];
      branch(at);
    }
  }

  private long[] none() {
    long[] values = new long[2 * leaves];
    Arrays.fill(values, NO_NODE);
    return values;
  }

  /** Any node of it. */
  NodeLoad any() {
    return nodes.getFirst();
  }

  List<NodeLoad> nodes() {
    return nodes;
  }

  /**
   * How good its best node is at most; {@link Long#MIN_VALUE} when none can take it.
   *
   * @param bound what the scores that are not of the node are at most
   */
  long hope(Search search, long bound) {
    return hope(search, bound, ROOT, 0, leaves);
  }

  /** Looks again at a node whose load changed. */
  void refresh(int position) {
    leaf(position - offset);
    for (int at = (leaves + position - offset) / 2; at >= ROOT; at /= 2) {
      branch(at);
    }
  }

  private void leaf(int i) {
    NodeLoad load = nodes.get(i);
    if (load.node.closed() != null || load.node.fullDisk() != null) {
      return; // as if it were not there
    }
    int at = leaves + i;
    cpuLeft[at] = load.cpuLeft();
    memoryLeft[at] = load.memoryLeft();
    diskLeft[at] = load.diskLeft();
    double proportion = load.proportion();
    lowest[at] = Double.isNaN(proportion) ? 0 : proportion;
    highest[at] = Double.isNaN(proportion) ? 1 : proportion;
    for (int a = 0; a < best.length; a++) {
      Aspect aspect = Aspect.ALL.get(a);
      best[a][at] = Scores.ofNode(load, aspect.kind(), aspect.strategy());
    }
  }

  private void branch(int at) {
    int left = 2 * at;
    int right = left + 1;
    cpuLeft[at] = Math.max(cpuLeft[left], cpuLeft[right]);
    memoryLeft[at] = Math.max(memoryLeft[left], memoryLeft[right]);
    diskLeft[at] = Math.max(diskLeft[left], diskLeft[right]);
    lowest[at] = Math.min(lowest[left], lowest[right]);
    highest[at] = Math.max(highest[left], highest[right]);
    for (long[] one : best) {
      one[at] = Math.max(one[left], one[right]);
    }
  }

  /**
   * Shows the search every node that may be better than what it has.
   *
   * @param search that knows how good a node must be at least
   * @param bound what the scores that are not of the node are at most
   */
  void search(Search search, long bound) {
    search(search, bound, ROOT, 0, leaves, hope(search, bound));
  }

  /** Looks into a branch of which the best node is at most as good as {@code hope}. */
  private void search(Search search, long bound, int at, int from, int width, long hope) {
    if (hope == NO_NODE || !search.wants(hope, first[at])) {
      return;
    }
    if (width == 1) {
      search.look(nodes.get(from));
      return;
    }
    int half = width / 2;
    int left = 2 * at;
    long leftHope = hope(search, bound, left, from, half);
    long rightHope = hope(search, bound, left + 1, from + half, half);
    if (rightHope > leftHope) {
      search(search, bound, left + 1, from + half, half, rightHope);
      search(search, bound, left, from, half, leftHope);
    } else {
      search(search, bound, left, from, half, leftHope);
      search(search, bound, left + 1, from + half, half, rightHope);
    }
  }

  /** How good the best node of a branch is at most; {@link #NO_NODE} when none can take it. */
  private long hope(Search search, long bound, int at, int from, int width) {
    long own = best[search.aspect][at];
    if (own == NO_NODE
        || !room(search.size, at)
        || (search.possible != null && !any(search.possible, from, width))) {
      return NO_NODE;
    }
    long proportion =
        Double.isNaN(search.proportion)
            ? 0
            : Scores.ofProportion(search.proportion, lowest[at], highest[at]);
    return own + bound + proportion;
  }

  private boolean room(PlacementSpec.Size size, int at) {
    return (size.cpuMillis() <= 0 || size.cpuMillis() <= cpuLeft[at])
        && (size.memoryBytes() <= 0 || size.memoryBytes() <= memoryLeft[at])
        && (size.diskBytes() <= 0 || size.diskBytes() <= diskLeft[at]);
  }

  private boolean any(BitSet possible, int from, int width) {
    int next = possible.nextSetBit(offset + from);
    return next >= 0 && next < offset + from + width;
  }
}
