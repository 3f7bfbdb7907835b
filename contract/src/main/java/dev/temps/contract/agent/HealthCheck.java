package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a workload shows that it can serve. The node that runs it checks it.
 *
 * @param httpPath path that must answer 2xx or 3xx; null: a TCP connection to the port is enough;
 *     without a port, staying up for five seconds is
 */
@Json
public record HealthCheck(
    @Nullable String httpPath, long intervalMillis, long timeoutMillis, int failuresMax) {
  /** Every second, two seconds to answer, three failures in a row. */
  public static HealthCheck standard(@Nullable String httpPath) {
    return new HealthCheck(httpPath, 1_000, 2_000, 3);
  }
}
