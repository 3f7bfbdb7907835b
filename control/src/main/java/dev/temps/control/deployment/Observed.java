package dev.temps.control.deployment;

import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import org.jspecify.annotations.Nullable;

/**
 * A replica as its node's agent reported it last.
 *
 * @param generation restart generation it has carried out
 * @param startedAt node's wall clock of its last start, 0 for never
 * @param at our wall clock when this was first heard
 */
public record Observed(
    ObservedState state,
    Health health,
    @Nullable String reason,
    int restarts,
    @Nullable Integer exitCode,
    long generation,
    long startedAt,
    long at) {

  /** Nothing heard yet. */
  public static Observed nothing(long nowMillis) {
    return new Observed(ObservedState.waiting, Health.unknown, null, 0, null, 0, 0, nowMillis);
  }

  /** What a report says. */
  public static Observed of(ObservedWorkload seen, long nowMillis) {
    return new Observed(
        seen.state(),
        seen.health(),
        seen.reason(),
        seen.restarts(),
        seen.exitCode(),
        seen.restartGeneration(),
        seen.startedAtMillis(),
        nowMillis);
  }

  /** Whether it can answer requests, whatever else was asked of it since. */
  public boolean serves() {
    return state == ObservedState.running && health == Health.healthy;
  }

  /** Whether both say the same, whenever they were heard. */
  public boolean sameAs(Observed other) {
    return equals(
        new Observed(
            other.state,
            other.health,
            other.reason,
            other.restarts,
            other.exitCode,
            other.generation,
            other.startedAt,
            at));
  }
}
