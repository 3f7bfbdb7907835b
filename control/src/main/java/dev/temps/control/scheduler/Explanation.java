package dev.temps.control.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the next replica would go where it goes: every node exactly once, the chosen one first, then
 * those that fit by score, then those that don't by name.
 *
 * @param chosen id of the node it would go to; null when none fits
 * @param ways what would make it fit, when none fits; see {@link Placement.Refused}
 */
public record Explanation(@Nullable String chosen, List<Verdict> nodes, List<String> ways) {
  public Explanation {
    nodes = List.copyOf(nodes);
    ways = List.copyOf(ways);
  }

  /**
   * What one node is like for it.
   *
   * @param refusals a sentence from every condition it does not meet; empty when it fits
   * @param scores of a node that fits; empty otherwise
   * @param total the sum of all points, 0 at best; ties go by name
   */
  public record Verdict(
      String nodeId, String node, List<String> refusals, List<Points> scores, long total) {
    public Verdict {
      refusals = List.copyOf(refusals);
      scores = List.copyOf(scores);
    }

    /** Whether the next replica could go there. */
    public boolean fits() {
      return refusals.isEmpty();
    }
  }

  /**
   * What one consideration thinks of a node.
   *
   * @param name of the consideration, e.g. {@code load}
   * @param value in thousandths, 0 at best and less for worse
   * @param weight how much it matters beside others
   */
  public record Points(String name, long value, long weight) {
    /** What it adds to the sum. */
    public long sum() {
      return value * weight;
    }
  }
}
