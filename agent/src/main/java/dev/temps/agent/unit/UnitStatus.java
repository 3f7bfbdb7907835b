package dev.temps.agent.unit;

/** Whether a unit's program runs, as seen a moment ago. */
public sealed interface UnitStatus {
  /**
   * It runs.
   *
   * @param startTicks field 22 of {@code /proc/PID/stat}: tells it from a later process of that pid
   */
  record Running(long pid, long startTicks) implements UnitStatus {}

  /** It doesn't: never started, stopped, or between two tries. */
  record Stopped() implements UnitStatus {}

  /** Whether it runs. */
  default boolean running() {
    return this instanceof Running;
  }
}
