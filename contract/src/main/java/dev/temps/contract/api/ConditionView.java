package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/** One fact about a node's machinery. */
@Json
public record ConditionView(String name, boolean ok, String detail) {}
