package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * How a node gets on with an {@link UpgradeOrder}.
 *
 * @param phase {@code preparing}: fetched and unpacked beside the old one, which runs; {@code
 *     trial}: the new one runs and has to prove itself; {@code done}; {@code back}: the old one
 *     runs, or runs again
 * @param detail what happens now, or why the old one is back
 */
@Json
public record UpgradeState(String attempt, Phase phase, String detail) {
  /** Where it stands; the last two are final. */
  public enum Phase {
    preparing,
    trial,
    done,
    back
  }
}
