package dev.temps.agent.unit;

import dev.temps.agent.unit.testing.FakeUnits;

class FakeUnitsTest extends UnitsContract {
  private final FakeUnits units = new FakeUnits();

  @Override
  Units units() {
    return units;
  }

  @Override
  void crash(String name) {
    units.crash(name);
  }
}
