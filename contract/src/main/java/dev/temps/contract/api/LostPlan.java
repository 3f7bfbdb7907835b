package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What declaring machines lost does.
 *
 * @param done whether it was done; otherwise nothing was changed
 * @param brake why nothing moves by itself now, empty when nothing is held back
 */
@Json
public record LostPlan(boolean done, String brake, List<LostNode> nodes) {}
