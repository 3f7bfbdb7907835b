package dev.temps.bench.lifecycle;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param figures by name; empty when it went wrong
 * @param failures requests that failed, in words, the first few
 * @param problem why there are none; null when there are
 */
@Json
public record RunRecord(
    int number, Map<String, Double> figures, List<String> failures, @Nullable String problem) {}
