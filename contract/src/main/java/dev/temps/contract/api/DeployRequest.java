package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs an image as an app. The project is made when it is missing; null members mean the default,
 * or what the running release has when the app exists.
 *
 * @param project the app's name: a DNS label
 * @param environment null: production
 * @param replicas 0 to 100, null: 1
 * @param node name or id of the one node to run on; empty: any
 * @param require labels a node must have, several values with commas between, or empty: whatever
 *     its value
 * @param avoid labels a node must not have, as {@code require}
 * @param env variables; replaces the app's plain ones when given, secrets stay
 * @param command replaces the image's own; empty: the image's own
 * @param cpuMillis reserved and limited, thousandths of a core; 0: neither
 * @param memoryBytes reserved and limited, at least 6 MiB; 0: neither
 * @param port TCP port the app serves on; null: what the image exposes, else 8080
 * @param healthPath path that answers 2xx or 3xx when the app can serve; empty: a connection is
 *     enough
 * @param volumes paths in the container by name of the volume; empty: none
 * @param exclusive whether there are never two replicas at once, old and new included
 * @param protocol {@code http}, or {@code h2c} for an app that speaks HTTP/2 without TLS, as gRPC
 *     does
 * @param placement more wishes about where it runs
 * @param rollout other ways to show health, and how the release takes over
 */
@Json
public record DeployRequest(
    String project,
    @Nullable String environment,
    String image,
    @Nullable Integer replicas,
    @Nullable String node,
    @Nullable Map<String, String> require,
    @Nullable Map<String, String> avoid,
    @Nullable Map<String, String> env,
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
