package dev.temps.control.operation;

import org.jspecify.annotations.Nullable;

/**
 * One piece of long work.
 *
 * @param kind what it does, e.g. drain
 * @param subject id of what it is done to
 * @param subjectName its name, for people
 * @param step what happens now or what it waits for, one sentence
 * @param done how many of {@code total} are done
 * @param reason why it ended so, null while it runs
 * @param deadlineAt wall clock at which it gives up, null for never
 * @param cancelAskedBy who wants it to end, null for nobody
 */
public record Operation(
    String id,
    String kind,
    String subject,
    String subjectName,
    OperationState state,
    String step,
    int done,
    int total,
    @Nullable String reason,
    @Nullable Long deadlineAt,
    @Nullable String cancelAskedBy,
    String createdBy,
    long createdAt,
    long updatedAt,
    @Nullable Long finishedAt) {

  /** Whether its time is over. */
  public boolean late(long nowMillis) {
    return deadlineAt != null && nowMillis >= deadlineAt;
  }
}
