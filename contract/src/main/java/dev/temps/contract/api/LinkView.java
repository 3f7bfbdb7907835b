package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * Two projects that may talk to each other, both ways.
 *
 * @param project name of the one, first by the alphabet
 * @param createdBy who linked them
 */
@Json
public record LinkView(String project, String other, String createdBy, long createdAtMillis) {}
