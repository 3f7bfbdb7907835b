package dev.temps.agent.unit.testing;

import dev.temps.agent.unit.UnitSignal;
import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.UnitStatus;
import dev.temps.agent.unit.Units;
import dev.temps.kit.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units in memory: they get pids and start times, but no process. Thread-safe. */
public final class FakeUnits implements Units {
  private final Map<String, UnitSpec> specs = new HashMap<>();
  private final Map<String, UnitStatus.Running> running = new HashMap<>();
  private final Map<String, List<UnitSignal>> signals = new HashMap<>();
  private long lastPid = 1_000;
  private @Nullable String refused;

  @Override
  public synchronized Outcome ensure(UnitSpec spec) {
    if (spec.name().equals(refused)) {
      throw Problem.of("unit-not-started", 500, spec.name() + " does not start.", "", "").raise();
    }
    boolean runs = running.containsKey(spec.name());
    if (runs && spec.equals(specs.get(spec.name()))) {
      return Outcome.UNCHANGED;
    }
    specs.put(spec.name(), spec);
    launch(spec.name());
    return runs ? Outcome.RESTARTED : Outcome.STARTED;
  }

  @Override
  public synchronized void restart(String name) {
    if (!specs.containsKey(name)) {
      throw Problem.missing("unit", name, "").raise();
    }
    launch(name);
  }

  @Override
  public synchronized void signal(String name, UnitSignal signal) {
    if (!running.containsKey(name)) {
      throw Problem.of("tool-failed", 500, name + " does not run.", "", "").raise();
    }
    signals.computeIfAbsent(name, _ -> new ArrayList<>()).add(signal);
  }

  @Override
  public synchronized void stop(String name) {
    running.remove(name);
  }

  @Override
  public synchronized UnitStatus status(String name) {
    UnitStatus.Running found = running.get(name);
    return found == null ? new UnitStatus.Stopped() : found;
  }

  /** The program ended by itself; the supervisor starts it again at once. */
  public synchronized void crash(String name) {
    if (running.containsKey(name)) {
      launch(name);
    }
  }

  /** From now on starting this unit fails; null: no unit's start fails. */
  public synchronized void refuse(@Nullable String name) {
    refused = name;
  }

  /** Signals the unit got, oldest first. */
  public synchronized List<UnitSignal> signals(String name) {
    return List.copyOf(signals.getOrDefault(name, List.of()));
  }

  private void launch(String name) {
    lastPid++;
    running.put(name, new UnitStatus.Running(lastPid, lastPid * 100));
  }
}
