package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.Comparator;

/**
 * A sealed snapshot of the control plane that a node keeps.
 *
 * @param epoch of the control plane that took it
 * @param bytes size of the file
 */
@Json
public record SnapshotHeld(long epoch, long takenAtMillis, long bytes) {
  /** What a restore wants first comes last: a later epoch, then a later time. */
  public static final Comparator<SnapshotHeld> BY_AGE =
      Comparator.comparingLong(SnapshotHeld::epoch).thenComparingLong(SnapshotHeld::takenAtMillis);
}
