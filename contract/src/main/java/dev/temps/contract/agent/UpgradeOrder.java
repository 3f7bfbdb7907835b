package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * Puts a release on a node. The same attempt again changes nothing and tells how it gets on.
 *
 * @param attempt names this try; another one begins anew
 * @param sha256 of the archive, lower-case hex
 * @param bytes size of the archive
 * @param version of the release in it
 */
@Json
public record UpgradeOrder(String attempt, String sha256, long bytes, String version) {}
