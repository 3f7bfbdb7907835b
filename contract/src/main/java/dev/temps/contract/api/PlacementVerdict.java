package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What one node is like for the next replica.
 *
 * @param chosen whether the next replica would go there
 * @param refusals from each condition that it does not meet; empty when it fits
 * @param scores of a node that fits
 * @param total sum of value times weight; the highest is chosen
 */
@Json
public record PlacementVerdict(
    String node,
    boolean chosen,
    boolean fits,
    List<String> refusals,
    List<PlacementScore> scores,
    long total) {}
