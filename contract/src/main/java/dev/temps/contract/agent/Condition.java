package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * One fact about the node's own machinery that a person may have to know.
 *
 * @param name stable: docker, mesh, walls, ingress, clock, disk
 * @param ok whether it is as it should be
 * @param detail what is wrong, why, what next; empty when ok
 */
@Json
public record Condition(String name, boolean ok, String detail) {}
