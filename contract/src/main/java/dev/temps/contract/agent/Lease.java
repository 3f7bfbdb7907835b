package dev.temps.contract.agent;

import java.time.Duration;

/**
 * How long a node may run an exclusive workload without an accepted report. Both ends count on
 * monotonic clocks: the node from the sending of its last accepted report, the control plane from
 * the receipt of the last one, which is never earlier.
 */
public final class Lease {
  /** The node begins to stop it: more than a blip, and less than it takes to be restarted. */
  public static final Duration STOPS_AFTER = Duration.ofSeconds(15);

  /** Its process has ended by now, by SIGKILL if need be. */
  public static final Duration ENDS_AFTER = Duration.ofSeconds(20);

  /** It may start elsewhere: 5 s for clocks that run apart and an engine that is slow to kill. */
  public static final Duration OVER_AFTER = Duration.ofSeconds(25);

  private Lease() {}
}
