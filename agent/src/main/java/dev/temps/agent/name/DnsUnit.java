package dev.temps.agent.name;

import dev.temps.agent.name.Dnsmasq.Holder;
import dev.temps.agent.unit.UnitSignal;
import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.UnitStatus;
import dev.temps.agent.unit.Units;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dnsmasq of this node, a unit of its own that outlives the agent. Containers run and service
 * addresses work without it, so what is wrong with it is words and keeps nobody waiting. One
 * thread.
 */
final class DnsUnit {
  /** Name of the unit. */
  static final String UNIT = "temps-dnsmasq";

  private final Units units;
  private final Dnsmasq dnsmasq;
  private final NamePlaces places;
  private @Nullable String told; // names the running program has been told to read

  DnsUnit(Units units, Dnsmasq dnsmasq, NamePlaces places) {
    this.units = units;
    this.dnsmasq = dnsmasq;
    this.places = places;
  }

  /** Makes it answer with these names, which are on disk; returns what is wrong, "" for nothing. */
  String ensure(Here here, String hosts) {
    String address = here.self().gateway();
    boolean runs = units.status(UNIT).running();
    if (!runs && !dnsmasq.installed()) {
      return "Names don't resolve in containers of this node: the program dnsmasq is missing."
          + " Install the package dnsmasq-base; temps join --install does.";
    }
    Optional<Holder> holder = runs ? Optional.empty() : dnsmasq.holder(address);
    if (holder.isPresent()) {
      return taken(address, holder.get());
    }
    List<String> argv = DnsArguments.of(here.self(), places.hosts());
    try {
      boolean started = units.ensure(UnitSpec.always(UNIT, argv)) != Units.Outcome.UNCHANGED;
      if (!started && !Objects.equals(told, hosts)) {
        units.signal(UNIT, UnitSignal.HUP);
      }
      told = hosts;
      return started ? "" : look(address); // a new one needs a moment
    } catch (ProblemException e) {
      return e.problem().line();
    }
  }

  /** Whether it is the one that answers. */
  private String look(String address) {
    Optional<Holder> holder = dnsmasq.holder(address);
    if (holder.isEmpty()) {
      return dnsmasq.hasAddress(address)
          ? "dnsmasq does not answer at " + address + ". See the log of unit " + UNIT + "."
          : ""; // the bridge is not there; dnsmasq waits for it, and the mesh tells
    }
    boolean ours =
        units.status(UNIT) instanceof UnitStatus.Running(long pid, long _)
            && pid == holder.get().pid();
    return ours ? "" : taken(address, holder.get());
  }

  private static String taken(String address, Holder holder) {
    return "Names don't resolve in containers of this node: port 53 at "
        + address
        + " is taken by "
        + holder.words()
        + ". Stop that program, or let it listen on other addresses only.";
  }
}
