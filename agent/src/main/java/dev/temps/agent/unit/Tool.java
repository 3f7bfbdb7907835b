package dev.temps.agent.unit;

import dev.temps.kit.Command;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;

/**
 * Runs a system program to its end and insists on success. Arguments are shown in problems, input
 * and output are not parsed for secrets: pass those by file. Stateless and thread-safe.
 */
public final class Tool {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int SHOWN_MAX = 400;

  private Tool() {}

  /**
   * Runs {@code argv}, at most 15 seconds, and returns its output.
   *
   * @throws ProblemException {@code tool-failed} with the program's own words, {@code tool-missing}
   *     when there is no such program
   */
  public static String must(String... argv) {
    return feed("", argv);
  }

  /** As {@link #must}, with {@code input} on the program's standard input. */
  public static String feed(String input, String... argv) {
    Command.Result result = Command.run(List.of(argv), input, LIMIT);
    if (!result.ok()) {
      throw failure(List.of(argv), result).raise();
    }
    return result.out();
  }

  /** Whether {@code argv} succeeds within 15 seconds. */
  public static boolean succeeds(String... argv) {
    return Command.run(LIMIT, argv).ok();
  }

  /** What to tell a person about a program that failed. */
  static Problem failure(List<String> argv, Command.Result result) {
    String program = argv.getFirst();
    if (result.exit() == 127) {
      return Problem.of(
          "tool-missing",
          500,
          "The program " + program + " can't be run.",
          result.err().strip(),
          "Install the package that has it; temps join --install does.");
    }
    String said = (result.err().isBlank() ? result.out() : result.err()).strip();
    return Problem.of(
        "tool-failed",
        500,
        String.join(" ", argv) + " failed with exit " + result.exit() + ".",
        said.length() > SHOWN_MAX ? said.substring(0, SHOWN_MAX) + "…" : said,
        "");
  }
}
