package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Long work, as people see it.
 *
 * @param kind drain, upgrade
 * @param subject name of what it is done to
 * @param state running, succeeded, failed, cancelled
 * @param step what happens now, or what it waits for
 * @param done how many of {@code total} are done
 * @param reason why it ended so; null while it runs
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
    String createdBy,
    long createdAtMillis,
    long updatedAtMillis,
    @Nullable Long finishedAtMillis) {}
