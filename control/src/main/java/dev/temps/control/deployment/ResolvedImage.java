package dev.temps.control.deployment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image reference meant when it was deployed.
 *
 * @param digest in its registry; null when only nodes have it
 * @param localImageId config id on those nodes, else null
 * @param nodes ids of those nodes, else null
 * @param architectures it is for, empty when unknown
 * @param exposedPort 0 when unknown
 */
record ResolvedImage(
    @Nullable String digest,
    @Nullable String localImageId,
    @Nullable List<String> nodes,
    List<String> architectures,
    int exposedPort) {}
