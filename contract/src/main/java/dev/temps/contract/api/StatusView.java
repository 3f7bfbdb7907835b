package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The cluster in one look.
 *
 * @param problems what a person should look at, one sentence each
 */
@Json
public record StatusView(
    String cluster,
    String version,
    String domain,
    List<String> urls,
    int nodes,
    int nodesReady,
    int apps,
    int replicas,
    int replicasHealthy,
    List<String> problems) {}
