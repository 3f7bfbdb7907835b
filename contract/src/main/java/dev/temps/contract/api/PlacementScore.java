package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * What one consideration thinks of a node.
 *
 * @param value in thousandths, 0 at best and less for worse
 * @param weight how much it matters beside others
 */
@Json
public record PlacementScore(String name, long value, long weight) {}
