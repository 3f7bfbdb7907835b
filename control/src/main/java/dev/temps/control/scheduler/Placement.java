package dev.temps.control.scheduler;

import java.util.List;
import java.util.stream.Collectors;

/** Where replicas go, or why they can't: all of them or none. */
public sealed interface Placement {
  /** One seat for every replica, in the order asked. */
  record Placed(List<Seat> seats) implements Placement {
    public Placed {
      seats = List.copyOf(seats);
    }
  }

  /**
   * Not all fit.
   *
   * @param fitted how many would have
   * @param wanted how many were asked for
   * @param reasons why no node takes the next one, largest group of nodes first; every node is in
   *     exactly one
   * @param ways what would each make the next one fit, the least first: {@code 300 MiB less memory
   *     would fit on node-2}, {@code uncordon node-3}, {@code a node with region=eu}
   */
  record Refused(int fitted, int wanted, List<Reason> reasons, List<String> ways)
      implements Placement {
    public Refused {
      reasons = List.copyOf(reasons);
      ways = List.copyOf(ways);
    }

    /** One sentence: {@code 2 nodes: 300 MiB memory short; 1 node: cordoned}. */
    public String words() {
      String why =
          reasons.isEmpty()
              ? "the cluster has no nodes"
              : reasons.stream().map(Reason::words).collect(Collectors.joining("; "));
      return fitted == 0 ? why : fitted + " of " + wanted + " replicas fit, then: " + why;
    }

    /** The ways as one sentence: {@code uncordon node-3, or a node with region=eu}. */
    public String next() {
      return String.join(", or ", ways);
    }
  }

  /**
   * A seat for one replica.
   *
   * @param because one sentence for people
   */
  record Seat(String nodeId, String because) {}

  /** Why some nodes are out. */
  record Reason(int nodes, String why) {
    /** {@code 2 nodes: cordoned}. */
    public String words() {
      return nodes + (nodes == 1 ? " node: " : " nodes: ") + why;
    }
  }
}
