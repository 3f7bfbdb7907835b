package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Long work, as people see it.
 *
 * @param kind rollout, rollback, scale, restart, stop, start, drain, removal, backup, restore,
 *     upgrade, mesh-rotate, ca-rotate
 * @param subject name of what it is done to
 * @param state running, succeeded, failed, cancelled
 * @param step what happens now, or what it waits for
 * @param done how many of {@code total} are done
 * @param reason why it ended so; null while it runs
 * @param cancelAskedBy who asked for its end, null for nobody
 */
@Json
public record OperationView(
    String id,
    String kind,
    String subject,
    String state,
    String step,
    int done,
    int total,
    @Nullable String reason,
    @Nullable Long deadlineAtMillis,
    @Nullable String cancelAskedBy,
    String createdBy,
    long createdAtMillis,
    long updatedAtMillis,
    @Nullable Long finishedAtMillis) {}
