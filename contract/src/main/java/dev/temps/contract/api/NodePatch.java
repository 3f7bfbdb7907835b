package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a node; null members stay as they are. A label or taint with an empty value is
 * removed.
 *
 * @param availability active or cordoned
 * @param taints by key a value and {@code :no-place} or {@code :prefer-not}
 */
@Json
public record NodePatch(
    @Nullable String availability,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> taints) {}
