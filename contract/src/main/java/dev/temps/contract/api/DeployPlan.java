package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deploy would do now; nothing was changed.
 *
 * @param app name of the app
 * @param created whether the app would be made
 * @param image reference with its digest, as far as there is one
 * @param replicas that would be placed at once, in their order
 * @param wanted how many there are to be in the end
 * @param waits why some would not be placed at once; null when all would be
 * @param strategy what decides between equally good nodes; null for one on every node, and from a
 *     control plane that does not say it yet
 */
@Json
public record DeployPlan(
    String app,
    boolean created,
    String image,
    List<PlannedReplica> replicas,
    int wanted,
    @Nullable String waits,
    @Nullable PlacementStrategy strategy) {}
