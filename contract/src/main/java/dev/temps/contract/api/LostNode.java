package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a plan.
 *
 * @param liveness what was observed before
 * @param livenessReason in words
 * @param replicas names of what is placed there
 * @param consequence what follows, one sentence
 */
@Json
public record LostNode(
    String name,
    String liveness,
    @Nullable String livenessReason,
    List<String> replicas,
    String consequence) {}
