package dev.temps.agent.workload;

import dev.temps.contract.agent.Health;
import org.jspecify.annotations.Nullable;

/**
 * Result of checking one workload.
 *
 * @param reason why it isn't healthy, in words; null when it is or nothing is known
 */
record HealthResult(Health health, @Nullable String reason) {
  static final HealthResult UNKNOWN = new HealthResult(Health.unknown, null);
}
