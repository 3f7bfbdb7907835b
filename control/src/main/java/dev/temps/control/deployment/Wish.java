package dev.temps.control.deployment;

import dev.temps.contract.api.PlacementRequest;
import dev.temps.contract.api.RolloutRequest;
import dev.temps.control.image.ImageRef;
import dev.temps.control.project.AppName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deploy request with every value checked for itself; null means "as it is now, or the default".
 *
 * @param node empty: any
 * @param command empty: the image's own
 * @param cpuMillis 0: no reservation
 * @param memoryBytes 0: no reservation
 * @param healthPath empty: a TCP connection is enough
 * @param protocol http or h2c
 */
record Wish(
    AppName app,
    ImageRef image,
    @Nullable Integer replicas,
    @Nullable String node,
    @Nullable Map<String, String> require,
    @Nullable Map<String, String> avoid,
    @Nullable Map<String, String> variables,
    @Nullable List<String> command,
    @Nullable Long cpuMillis,
    @Nullable Long memoryBytes,
    @Nullable Integer port,
    @Nullable String healthPath,
    @Nullable RolloutRequest rollout,
    @Nullable Map<String, String> volumes,
    @Nullable Boolean exclusive,
    @Nullable String protocol,
    @Nullable PlacementRequest placement) {}
