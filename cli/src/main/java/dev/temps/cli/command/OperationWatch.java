package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.contract.api.OperationView;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;

/** Waits for the end of an operation and says what changes meanwhile. */
final class OperationWatch {
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final int AWAY = 503;

  private final Io io;
  private final Api api;

  OperationWatch(Io io, Api api) {
    this.io = io;
    this.api = api;
  }

  /**
   * Returns when it has succeeded.
   *
   * @throws dev.temps.kit.ProblemException 409 when it failed or was cancelled, with the reason
   */
  OperationView await(OperationView first) throws InterruptedException {
    return await(first, FOREVER);
  }

  /**
   * The same for so long.
   *
   * @throws dev.temps.kit.ProblemException also 504 when it goes on after that
   */
  OperationView await(OperationView first, Duration limit) throws InterruptedException {
    Duration end = io.time().elapsed().plus(limit);
    OperationView now = first;
    String told = "";
    while (now.finishedAtMillis() == null) {
      String line = line(now);
      if (!line.equals(told)) {
        io.progress(line);
        told = line;
      }
      if (io.time().elapsed().compareTo(end) >= 0) {
        throw late(now, limit);
      }
      io.time().pause(PAUSE);
      now = again(now);
    }
    if (!now.state().equals("succeeded")) {
      throw Problem.conflict(
              "operation-" + now.state(),
              "The %s of %s was not finished.".formatted(now.kind(), now.subject()),
              now.state() + ": " + now.reason() + ".",
              "See: temps operation show " + now.id())
          .raise();
    }
    io.progress("%s of %s: %s.".formatted(now.kind(), now.subject(), now.reason()));
    return now;
  }

  private static ProblemException late(OperationView now, Duration limit) {
    return Problem.of(
            "operation-not-in-time",
            504,
            "The %s of %s has not ended after %d s; it goes on."
                .formatted(now.kind(), now.subject(), limit.toSeconds()),
            line(now) + ".",
            "See: temps operation wait " + now.id())
        .raise();
  }

  static String line(OperationView now) {
    return "%s of %s, %d of %d: %s"
        .formatted(now.kind(), now.subject(), now.done(), now.total(), now.step());
  }

  /** It goes on without the control plane for a while, and so does the wait. */
  private OperationView again(OperationView last) throws InterruptedException {
    try {
      return api.operation(last.id());
    } catch (ProblemException e) {
      if (e.problem().status() != AWAY) {
        throw e;
      }
      return last;
    }
  }
}
