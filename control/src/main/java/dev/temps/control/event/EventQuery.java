package dev.temps.control.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; null members don't limit.
 *
 * @param subject only about this
 * @param nodeId only on this node
 * @param apps only about one of these apps, or about a node; nothing of other apps
 * @param since only at or after it, wall clock in milliseconds
 * @param before only those older than the event with this id, for the next page
 * @param limit how many at most
 */
public record EventQuery(
    @Nullable String subject,
    @Nullable String nodeId,
    @Nullable Set<String> apps,
    @Nullable Long since,
    @Nullable String before,
    int limit) {}
