package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wishes about where replicas run, beside labels; null members mean the default, or what the
 * running release has. Empty lists and texts take a wish back.
 *
 * @param tolerate taints that are not minded, {@code dedicated=db} or {@code dedicated}
 * @param near apps on whose machines only it may run
 * @param apart apps on whose machines it may not run
 * @param prefer labels a node had better have, {@code disk=ssd} or {@code zone=fra,ams}
 * @param spread {@code node}, {@code zone} or {@code region}: wait rather than be uneven over
 *     these; empty: as even as it goes
 * @param maxSkew how many more replicas one place may have than another, at least 1; null: 1
 * @param global one on every node that fits, instead of a number of replicas
 * @param strategy between equally good nodes: {@code spread} takes the least reserved one, {@code
 *     pack} one in use that it fills best; empty: as the cluster has it
 */
@Json
public record PlacementRequest(
    @Nullable List<String> tolerate,
    @Nullable List<String> near,
    @Nullable List<String> apart,
    @Nullable List<String> prefer,
    @Nullable String spread,
    @Nullable Integer maxSkew,
    @Nullable Boolean global,
    @Nullable String strategy) {}
