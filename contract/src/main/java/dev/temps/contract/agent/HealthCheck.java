package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a workload shows that it can serve. The node that runs it checks it.
 *
 * @param httpPath path that must answer 2xx or 3xx; null: a TCP connection to the port is enough;
 *     without a port, staying up for five seconds is
 * @param command must end with 0 in the container, instead of any connection; null: none
 * @param stable true: staying up for five seconds is enough, with a port too
 */
@Json
public record HealthCheck(
    @Nullable String httpPath,
    long intervalMillis,
    long timeoutMillis,
    int failuresMax,
    @Nullable List<String> command,
    @Nullable Boolean stable) {

  public HealthCheck {
    command = command == null ? null : List.copyOf(command);
  }

  /** Every second, two seconds to answer, three failures in a row. */
  public static HealthCheck standard(@Nullable String httpPath) {
    return new HealthCheck(httpPath, 1_000, 2_000, 3, null, null);
  }

  /** Every five seconds, ten to end: a process in a container costs more than a connection. */
  public static HealthCheck byCommand(List<String> command) {
    return new HealthCheck(null, 5_000, 10_000, 3, command, null);
  }

  /** Staying up is enough. */
  public static HealthCheck byStayingUp() {
    return new HealthCheck(null, 1_000, 2_000, 3, null, true);
  }
}
