package dev.temps.control.operation;

import org.jspecify.annotations.Nullable;

/**
 * One piece of long work.
 *
 * @param kind what it does, e.g. drain or one of {@link Kinds}
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

  /** One that begins now. */
  public static Operation begun(
      String id, String kind, String subject, String name, String step, int total, Begun begun) {
    return new Operation(
        id,
        kind,
        subject,
        name,
        OperationState.running,
        step,
        0,
        total,
        null,
        begun.deadlineAt(),
        null,
        begun.by(),
        begun.at(),
        begun.at(),
        null);
  }

  /** Who began it, when, and until when it may take; null for as long as it takes. */
  public record Begun(String by, long at, @Nullable Long deadlineAt) {}

  /** Whether its time is over. */
  public boolean late(long nowMillis) {
    return deadlineAt != null && nowMillis >= deadlineAt;
  }
}
