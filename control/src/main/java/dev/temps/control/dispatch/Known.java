package dev.temps.control.dispatch;

/**
 * What an agent says it has, with a poll; −1 for nothing.
 *
 * @param epoch of the revisions; when it is another one, every section is sent
 * @param walls {@link #IGNORANT} from an agent that knows no such section
 * @param names likewise
 */
public record Known(
    long epoch,
    long workloads,
    long peers,
    long routes,
    long certificates,
    long walls,
    long names) {
  /** Of a section the agent does not name: it is not sent, or every poll would be answered. */
  public static final long IGNORANT = -2;

  /** Nothing at all. */
  public static final Known NOTHING = new Known(-1, -1, -1, -1, -1, -1, -1);
}
