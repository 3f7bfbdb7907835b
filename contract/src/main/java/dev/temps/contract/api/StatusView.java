package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster in one look.
 *
 * @param console URL that leads to the control plane through any ingress node; null: none does
 * @param problems what a person should look at, one sentence each
 * @param tolerance what can be lost; null from a control plane that does not say it yet
 */
@Json
public record StatusView(
    String cluster,
    String version,
    String domain,
    List<String> urls,
    @Nullable String console,
    int nodes,
    int nodesReady,
    int apps,
    int replicas,
    int replicasHealthy,
    List<String> problems,
    @Nullable LossTolerance tolerance) {}
