package dev.temps.control.scheduler;

/** What one consideration thinks of a node that fits: 0 at best, less for worse. Stateless. */
interface Score {
  /** For people. */
  String name();

  /** How much it matters beside others; see {@link Scores}. */
  long weight();

  /** In thousandths, never above 0. */
  long value(Ask ask, NodeLoad load);

  /**
   * What no node of a zone exceeds, seen from any one of them; nodes that {@link Ask#drawn} names
   * may exceed it, since they are looked at one by one.
   */
  long bound(Ask ask, NodeLoad any);
}
