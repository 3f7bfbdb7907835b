package dev.temps.agent.name;

import dev.temps.agent.unit.UnitStatus;
import dev.temps.agent.unit.Units;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine whose port 53 has whoever came first: a stranger, or our unit while it runs. */
final class FakeDnsmasq implements Dnsmasq {
  private final Units units;
  boolean installed = true;
  boolean bridge = true;
  @Nullable Holder stranger;

  FakeDnsmasq(Units units) {
    this.units = units;
  }

  @Override
  public boolean installed() {
    return installed;
  }

  @Override
  public boolean hasAddress(String address) {
    return bridge;
  }

  @Override
  public Optional<Holder> holder(String address) {
    if (stranger != null) {
      return Optional.of(stranger);
    }
    return bridge && units.status(DnsUnit.UNIT) instanceof UnitStatus.Running(long pid, long _)
        ? Optional.of(new Holder(pid, "dnsmasq"))
        : Optional.empty();
  }
}
