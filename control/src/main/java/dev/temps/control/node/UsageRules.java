package dev.temps.control.node;

import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.Usage;

/** Keeps absurd figures of a report out of every sum made from them. Pure. */
final class UsageRules {
  private static final int CONTAINERS_MAX = 10_000;
  private static final double LOAD_MAX = 100_000;

  private UsageRules() {}

  /** Each figure between nothing and what the machine has. */
  static Usage sane(Usage usage, HostFacts host) {
    double load = usage.loadAverage();
    return new Usage(
        Math.clamp(usage.cpuMillis(), 0, host.cpuMillis()),
        Math.clamp(usage.memoryBytes(), 0, host.memoryBytes()),
        Math.clamp(usage.diskBytes(), 0, host.diskBytes()),
        Math.clamp(usage.containers(), 0, CONTAINERS_MAX),
        Double.isFinite(load) ? Math.clamp(load, 0, LOAD_MAX) : 0);
  }

  /** Whether a figure was outside what is possible, not only a little above the machine's own. */
  static boolean absurd(Usage usage, HostFacts host) {
    return usage.cpuMillis() < 0
        || usage.memoryBytes() < 0
        || usage.diskBytes() < 0
        || usage.containers() < 0
        || usage.containers() > CONTAINERS_MAX
        || usage.cpuMillis() / 4 > host.cpuMillis()
        || usage.memoryBytes() / 4 > host.memoryBytes()
        || usage.diskBytes() / 4 > host.diskBytes()
        || !Double.isFinite(usage.loadAverage())
        || usage.loadAverage() < 0
        || usage.loadAverage() > LOAD_MAX;
  }
}
