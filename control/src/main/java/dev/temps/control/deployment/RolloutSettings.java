package dev.temps.control.deployment;

import dev.temps.contract.agent.HealthCheck;
import io.avaje.jsonb.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a release shows that it can serve besides by its port, and how it takes over.
 *
 * @param healthCommand must end with 0 in the container, null for none
 * @param healthNone whether staying up is enough
 * @param drainSeconds from leaving the routes to being stopped
 * @param maxSurge replicas above the wished number; null: no batches, all new ones at once, unless
 *     {@code maxUnavailable} says otherwise
 * @param maxUnavailable replicas below the wished number that may serve meanwhile
 */
@Json
record RolloutSettings(
    @Nullable List<String> healthCommand,
    boolean healthNone,
    int drainSeconds,
    @Nullable Integer maxSurge,
    int maxUnavailable) {

  /** All at once, none missing, five seconds: ingress nodes hear of it and requests end. */
  static final RolloutSettings STANDARD = new RolloutSettings(null, false, 5, null, 0);

  RolloutSettings {
    healthCommand = healthCommand == null ? null : List.copyOf(healthCommand);
  }

  /** Whether new replicas come in batches, each serving beside the old ones. */
  boolean batched() {
    return maxSurge != null || maxUnavailable > 0;
  }

  /** Replicas above the wished number while batches come. */
  int surge() {
    return maxSurge == null ? 0 : maxSurge;
  }

  Duration drain() {
    return Duration.ofSeconds(drainSeconds);
  }

  /** What the node that runs a replica checks. */
  HealthCheck check(@Nullable String healthPath) {
    if (healthCommand != null) {
      return HealthCheck.byCommand(healthCommand);
    }
    return healthNone ? HealthCheck.byStayingUp() : HealthCheck.standard(healthPath);
  }
}
