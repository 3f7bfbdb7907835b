package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Health of one start of one container. Immutable.
 *
 * @param seenAt when this process saw it run first, on the clock of {@code Time.elapsed}
 * @param nextAt when it is to be asked next, on that clock
 * @param failures answers in a row that were no good
 */
record HealthRecord(
    WorkloadSpec spec,
    String containerId,
    Instant startedAt,
    Duration seenAt,
    Duration nextAt,
    int failures,
    boolean everHealthy,
    HealthResult result) {

  private static final Duration STABLE = Duration.ofSeconds(5);
  private static final Duration STARTING = Duration.ofMinutes(1); // slow starters get a minute

  static HealthRecord fresh(WorkloadSpec spec, ContainerInfo container, Duration now) {
    return new HealthRecord(
        spec, container.id(), container.startedAt(), now, now, 0, false, HealthResult.UNKNOWN);
  }

  boolean isOf(ContainerInfo container) {
    return containerId.equals(container.id()) && startedAt.equals(container.startedAt());
  }

  boolean sameStart(HealthRecord other) {
    return containerId.equals(other.containerId) && startedAt.equals(other.startedAt);
  }

  boolean answered() {
    return everHealthy || failures > 0;
  }

  HealthCheck check() {
    HealthCheck wanted = spec.health();
    return wanted == null ? HealthCheck.standard(null) : wanted;
  }

  /** How long it has been up; the wall clock counts, too, for one that ran before this process. */
  private Duration up(Time time) {
    Duration seen = time.elapsed().minus(seenAt);
    Duration wall = Duration.between(startedAt, time.now());
    return wall.compareTo(seen) > 0 ? wall : seen;
  }

  /** Without a port, staying up is what shows health. */
  Optional<String> stableTrouble(Time time) {
    return up(time).compareTo(STABLE) >= 0
        ? Optional.empty()
        : Optional.of("not up for " + STABLE.toSeconds() + " s yet");
  }

  HealthRecord answered(Optional<String> trouble, Time time) {
    Duration next = time.elapsed().plusMillis(Math.max(100, check().intervalMillis()));
    if (trouble.isEmpty()) {
      HealthResult well = new HealthResult(Health.healthy, null);
      return with(next, 0, true, well);
    }
    int count = failures + 1;
    boolean enough = count >= Math.max(1, check().failuresMax());
    if (everHealthy) {
      HealthResult bad = new HealthResult(Health.unhealthy, trouble.get());
      return with(next, count, true, enough ? bad : result);
    }
    boolean late = enough && up(time).compareTo(STARTING) >= 0;
    Health health = late ? Health.unhealthy : Health.unknown;
    return with(next, count, false, new HealthResult(health, trouble.get()));
  }

  private HealthRecord with(Duration next, int count, boolean ever, HealthResult found) {
    return new HealthRecord(spec, containerId, startedAt, seenAt, next, count, ever, found);
  }
}
