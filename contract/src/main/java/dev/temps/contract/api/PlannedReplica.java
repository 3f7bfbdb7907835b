package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * A place for a replica that is not there yet.
 *
 * @param name {@code web-1}
 * @param node name of the machine
 * @param because why there, in one sentence
 */
@Json
public record PlannedReplica(String name, String node, String because) {}
