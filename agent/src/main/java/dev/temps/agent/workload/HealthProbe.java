package dev.temps.agent.workload;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks one workload once whether it can serve. Implementations are thread-safe. */
@FunctionalInterface
public interface HealthProbe {
  /**
   * Asks; takes at most {@code timeout}, roughly.
   *
   * @param httpPath path that must answer 2xx or 3xx; null: accepting a connection is enough
   * @return what is wrong, in words; empty when all is well
   */
  Optional<String> trouble(String address, int port, @Nullable String httpPath, Duration timeout);
}
