package dev.temps.control.node;

import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import dev.temps.kit.Problem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Whether this control plane was replaced by a restored one, which is so once a node is known to
 * have seen a higher epoch. It stays so over restarts. Thread-safe.
 */
public final class Supersession {
  private static final Logger LOG = System.getLogger(Supersession.class.getName());
  private static final String KEY = "cluster.superseded";

  private final Database database;
  private final long epoch;
  private volatile long by;

  /** What the store of the control plane of that epoch says. */
  public Supersession(Database database, long epoch) {
    this.database = database;
    this.epoch = epoch;
    this.by = database.read(h -> Settings.find(h, KEY)).map(Long::parseLong).orElse(0L);
  }

  /** A node has seen that epoch. */
  public void seen(long epochSeen) {
    if (epochSeen <= epoch || epochSeen <= by) {
      return;
    }
    by = epochSeen; // first: what follows may fail, and must not let changes through
    LOG.log(Level.ERROR, problem().line());
    database.change(handle -> Settings.put(handle, KEY, Long.toString(epochSeen)));
  }

  /** Whether another control plane has taken this one's place. */
  public boolean replaced() {
    return by > epoch;
  }

  /** Why nothing is to be changed here any more. */
  public Problem problem() {
    return Problem.conflict(
        "superseded",
        "This control plane was replaced by a restored one.",
        "It is of epoch " + epoch + "; nodes follow one of epoch " + by + ".",
        "Stop this one (temps serve --stop) and log in to the other.");
  }

  /**
   * Nothing happens unless this control plane was replaced.
   *
   * @throws dev.temps.kit.ProblemException 409 {@code superseded}
   */
  public void refuse() {
    if (replaced()) {
      throw problem().raise();
    }
  }
}
