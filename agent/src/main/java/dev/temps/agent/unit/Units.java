package dev.temps.agent.unit;

import dev.temps.kit.Time;

/**
 * The long-running programs of a node that are not the agent's children: they go on when the agent
 * ends, start again when they fail, and come back after a reboot. Every call is bounded and safe to
 * repeat. Implementations are thread-safe per unit name.
 */
public interface Units {
  /** Units as this machine has them: under systemd where that runs, else supervised. */
  static Units ofThisMachine(Time time) {
    return SystemdUnits.here()
        ? new SystemdUnits()
        : new SupervisedUnits(SupervisedUnits.Places.standard(), time);
  }

  /** What {@link #ensure} had to do. */
  enum Outcome {
    /** It ran exactly so already and was left alone. */
    UNCHANGED,
    /** It did not run. */
    STARTED,
    /** It ran from another spec. */
    RESTARTED
  }

  /**
   * Makes the unit exist exactly so, enabled at boot, and started. A running unit with the same
   * spec is left alone, whoever started it.
   *
   * @throws dev.temps.kit.ProblemException when it could not be started
   */
  Outcome ensure(UnitSpec spec);

  /**
   * Ends the program and starts it again from its present spec.
   *
   * @throws dev.temps.kit.ProblemException when there is no such unit
   */
  void restart(String name);

  /**
   * Sends a signal to the running program.
   *
   * @throws dev.temps.kit.ProblemException when it does not run
   */
  void signal(String name, UnitSignal signal);

  /** Ends the program, with force after ten seconds, and disables the unit. Unknown: nothing. */
  void stop(String name);

  /** Whether it runs now. */
  UnitStatus status(String name);
}
