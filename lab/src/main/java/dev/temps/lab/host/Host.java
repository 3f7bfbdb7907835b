package dev.temps.lab.host;

import dev.temps.kit.Command;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs the host's own tools, each within a bound of time. Stateless and thread-safe. */
public final class Host {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Time time;

  /** A host with the given clock. */
  public Host(Time time) {
    this.time = time;
  }

  /** The clock waits are measured with. */
  public Time time() {
    return time;
  }

  /** Runs a program and returns what it left, whatever the exit code. At most 30 s. */
  public Command.Result run(String... argv) {
    return Command.run(COMMAND_LIMIT, argv);
  }

  /**
   * Runs a program that must succeed, within 30 s.
   *
   * @param doing what is being done, for the error: {@code "make the bridge"}
   * @param input what the program reads
   * @return its standard output
   * @throws dev.temps.kit.ProblemException with the program's own words when it fails
   */
  public String must(String doing, String input, String... argv) {
    Command.Result result = Command.run(List.of(argv), input, COMMAND_LIMIT);
    if (!result.ok()) {
      throw failed(doing, String.join(" ", argv), result);
    }
    return result.out();
  }

  /**
   * Waits until the condition holds, asking every 20 ms.
   *
   * @return whether it came true within the limit
   */
  public boolean until(Duration limit, BooleanSupplier condition) {
    Duration end = time.elapsed().plus(limit);
    while (!condition.getAsBoolean()) {
      if (time.elapsed().compareTo(end) >= 0) {
        return false;
      }
      try {
        time.pause(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private static RuntimeException failed(String doing, String line, Command.Result result) {
    String words = (result.err() + result.out()).strip();
    return new Problem(
            "lab-host",
            500,
            "The lab could not " + doing + ".",
            "`" + line + "` ended with " + result.exit() + ": " + words,
            "",
            java.util.Map.of())
        .raise();
  }
}
