package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a release shows that it can serve, and how it takes the place of the one before; null members
 * mean what the running release has, or the default. At most one of {@code healthPath}, {@code
 * healthCommand} and {@code healthNone} may be given.
 *
 * @param healthCommand command that ends with 0 in the container when it can serve; empty: a
 *     connection
 * @param healthNone true: staying up for five seconds is enough
 * @param drainSeconds from leaving the routes to being stopped, 0 to 3600; at first 5
 * @param maxSurge replicas above the wished number, 0 to 100; at first all at once
 * @param maxUnavailable replicas below the wished number that may serve, 0 to 100; at first 0
 */
@Json
public record RolloutRequest(
    @Nullable List<String> healthCommand,
    @Nullable Boolean healthNone,
    @Nullable Integer drainSeconds,
    @Nullable Integer maxSurge,
    @Nullable Integer maxUnavailable) {}
