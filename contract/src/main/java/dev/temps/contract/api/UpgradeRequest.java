package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an upgrade.
 *
 * @param sha256 of an archive that was uploaded
 * @param node name or id of the only node; null for all
 * @param storeSaved whether the caller has a copy of a PostgreSQL store, which can't be put back by
 *     itself when a release changes its schema
 */
@Json
public record UpgradeRequest(String sha256, @Nullable String node, boolean storeSaved) {}
