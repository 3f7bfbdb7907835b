package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A problem as RFC 9457 has it.
 *
 * @param type stable name, a URI reference
 * @param next what to do now
 */
@Json
public record ProblemView(
    String type, String title, int status, String detail, @Nullable String next) {}
