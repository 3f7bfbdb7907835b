package dev.temps.control.dispatch;

/**
 * What an agent says it has, with a poll; −1 for nothing.
 *
 * @param epoch of the revisions; when it is another one, every section is sent
 */
public record Known(long epoch, long workloads, long peers, long routes, long certificates) {
  /** Nothing at all. */
  public static final Known NOTHING = new Known(-1, -1, -1, -1, -1);
}
