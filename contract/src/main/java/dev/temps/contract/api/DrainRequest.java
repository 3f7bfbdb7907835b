package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A wish to empty a node.
 *
 * @param deadlineSeconds when to give up and leave it cordoned; null for never
 */
@Json
public record DrainRequest(@Nullable Long deadlineSeconds) {}
