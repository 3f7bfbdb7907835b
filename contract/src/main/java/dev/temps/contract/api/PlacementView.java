package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an app's replicas run where they do, or wait.
 *
 * @param summary one sentence
 * @param wanted replicas
 * @param missing how many of them have no place
 * @param lack what is short on how many nodes, when there is no place
 * @param ways what would each make the next one fit, the least first
 * @param replicas of releases that have not ended, and those on their way out
 * @param next where the next replica would go, one sentence
 * @param nodes every node: the chosen one, then those that fit by score, then the others
 * @param strategy what decides between equally good nodes; null when nothing is to be placed, for
 *     one on every node, and from a control plane that does not say it yet
 */
@Json
public record PlacementView(
    String app,
    String summary,
    int wanted,
    int missing,
    @Nullable String lack,
    List<String> ways,
    List<ContainerView> replicas,
    String next,
    List<PlacementVerdict> nodes,
    @Nullable PlacementStrategy strategy) {}
