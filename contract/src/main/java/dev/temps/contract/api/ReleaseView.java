package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * A release that the control plane keeps for an upgrade.
 *
 * @param sha256 of the archive, lower-case hex
 * @param bytes size of the archive
 * @param contract version of the agents' wires it speaks
 * @param schema version of the store it makes
 */
@Json
public record ReleaseView(
    String sha256, long bytes, String version, int contract, int schema, String platform) {}
