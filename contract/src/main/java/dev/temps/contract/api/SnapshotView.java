package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the control plane that is known to be somewhere.
 *
 * @param place name of a node, or {@code control plane} for its own folder
 * @param takenAtMillis wall clock, 0 when none has arrived there yet
 * @param problem why the newest is not there, null when it is
 */
@Json
public record SnapshotView(
    String place, long takenAtMillis, long bytes, @Nullable String problem) {}
