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
   * @param reasons why no node takes the next one, largest group of nodes first
   */
  record Refused(int fitted, int wanted, List<Reason> reasons) implements Placement {
    public Refused {
      reasons = List.copyOf(reasons);
    }

    /** One sentence: {@code 2 nodes: 300 MiB memory short; 1 node: cordoned}. */
    public String words() {
      String why =
          reasons.isEmpty()
              ? "the cluster has no nodes"
              : reasons.stream().map(Reason::words).collect(Collectors.joining("; "));
      return fitted == 0 ? why : fitted + " of " + wanted + " replicas fit, then: " + why;
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
