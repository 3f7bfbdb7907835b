package dev.temps.control.backup;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why a snapshot can't be used, in words. Stateless. */
final class SnapshotDamage {
  private static final String OTHER_COPY =
      "Use another copy: nodes keep the last ones in /var/lib/temps/agent/snapshots.";

  private SnapshotDamage() {}

  static ProblemException damaged(Path file, String why, @Nullable Throwable cause) {
    return raised(
        cause,
        Problem.of(
            "snapshot-damaged",
            422,
            "The snapshot is damaged; nothing was changed.",
            file + ": " + why + ".",
            OTHER_COPY));
  }

  static ProblemException unreadable(Path file, Throwable cause) {
    return raised(
        cause,
        Problem.of(
            "snapshot-unreadable",
            422,
            "The snapshot can't be read; nothing was changed.",
            file + ": " + cause.getMessage(),
            "Check path and permissions. " + OTHER_COPY));
  }

  static ProblemException none(Path file) {
    return Problem.of("no-snapshot", 404, "There is no snapshot here.", file.toString(), OTHER_COPY)
        .raise();
  }

  static ProblemException foreign(Path file) {
    return Problem.of(
            "snapshot-foreign",
            422,
            "This file is not a snapshot of a control plane.",
            file.toString(),
            OTHER_COPY)
        .raise();
  }

  static ProblemException newerFormat(Path file, int format, int known) {
    return Problem.conflict(
            "snapshot-too-new",
            "The snapshot was written by a newer version of Temps; nothing was changed.",
            file + " has format " + format + ", this program knows " + known + ".",
            "Install the newer version here and run the same command again.")
        .raise();
  }

  static ProblemException newerStore(Path file, SnapshotHeader header, int known) {
    return Problem.conflict(
            "snapshot-too-new",
            "The snapshot was written by a newer version of Temps; nothing was changed.",
            file
                + " is of version "
                + header.version()
                + " with schema "
                + header.schema()
                + ", this program knows "
                + known
                + ".",
            "Install version " + header.version() + " here and run the same command again.")
        .raise();
  }

  private static ProblemException raised(@Nullable Throwable cause, Problem problem) {
    return cause == null ? problem.raise() : new ProblemException(problem, cause);
  }
}
