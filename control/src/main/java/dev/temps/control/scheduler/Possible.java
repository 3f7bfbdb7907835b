package dev.temps.control.scheduler;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which nodes pass the filters that only ask what a node is, once for all specs that ask
 * the same. Good as long as the nodes stay what they are. Not thread-safe.
 */
final class Possible {
  // With 10,000 nodes some ten MB at most.
  private static final int CLASSES_MAX = 4096;

  /** What specs have to have in common. */
  private record Same(
      PlacementSpec.Ties ties, List<LabelRule> labels, List<Toleration> tolerations) {}

  /**
   * The nodes of a class.
   *
   * @param byIndex as {@link Ask} counts them
   * @param byPosition as {@link Section} counts them
   */
  record Nodes(BitSet byIndex, BitSet byPosition) {}

  private final List<NodeLoad> nodes;
  private final int[] positions;
  private final boolean tainted;
  private final Map<Same, @Nullable Nodes> known;

  /**
   * Nothing is known yet.
   *
   * @param positions of the nodes by index
   */
  Possible(List<NodeLoad> nodes, int[] positions) {
    this.nodes = nodes;
    this.positions = positions;
    this.tainted = nodes.stream().anyMatch(n -> n.node.taints().stream().anyMatch(Taint::hard));
    this.known = new Recent();
  }

  /** Least recently asked goes first. */
  private static final class Recent extends LinkedHashMap<Same, @Nullable Nodes> {
    Recent() {
      super(64, 0.75f, /* accessOrder= */ true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Same, @Nullable Nodes> eldest) {
      return size() > CLASSES_MAX;
    }
  }

  /**
   * The nodes that pass; null when nothing is asked, or never was before: to look at all nodes for
   * a spec that does not come again costs more than it saves.
   */
  @Nullable Nodes of(PlacementSpec spec) {
    if (spec.ties().equals(PlacementSpec.Ties.NONE) && spec.labels().isEmpty() && !tainted) {
      return null;
    }
    Same same = new Same(spec.ties(), spec.labels(), spec.tolerations());
    Nodes nodes = known.get(same);
    if (nodes == null) {
      boolean again = known.containsKey(same);
      nodes = again ? passing(spec) : null;
      known.put(same, nodes);
    }
    return nodes;
  }

  private Nodes passing(PlacementSpec spec) {
    Nodes passing = new Nodes(new BitSet(nodes.size()), new BitSet(nodes.size()));
    Ask ask = new Ask(new Ledger(new Cluster(List.of(), List.of())), spec, null);
    for (NodeLoad load : nodes) {
      if (Filters.passes(Filters.LASTING, ask, load)) {
        passing.byIndex().set(load.index);
        passing.byPosition().set(positions[load.index]);
      }
    }
    return passing;
  }
}
