package dev.temps.dist;

import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.agent.unit.SystemdUnits;
import dev.temps.agent.unit.Units;
import dev.temps.kit.Time;

/** What keeps programs running on this machine. Stateless. */
final class ThisMachine {
  private ThisMachine() {}

  static Units units(Time time) {
    return SystemdUnits.here()
        ? new SystemdUnits()
        : new SupervisedUnits(SupervisedUnits.Places.standard(), time);
  }
}
