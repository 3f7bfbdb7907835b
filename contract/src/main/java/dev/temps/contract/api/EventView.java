package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** Something that happened, with its reason. */
@Json
public record EventView(
    String id, long atMillis, String kind, String subject, @Nullable String node, String reason) {}
