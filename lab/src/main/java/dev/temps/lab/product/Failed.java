package dev.temps.lab.product;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.lab.ExecResult;
import dev.temps.lab.Lab;
import dev.temps.lab.Machine;

/** Turns a step that failed in a machine into words: which, where, why, what next. */
final class Failed {
  private static final int WORDS_MAX = 4000;
  private static final int TIMED_OUT = 124;

  private Failed() {}

  /**
   * A command that ended badly.
   *
   * @param what as typed, without secrets: {@code temps serve}
   */
  static ProblemException command(Lab lab, Machine machine, String what, ExecResult result) {
    String end = result.exit() == TIMED_OUT ? "took too long" : "ended with " + result.exit();
    String words = tail(result.stderr().strip());
    return step(lab, machine, "`" + what + "` " + end + (words.isEmpty() ? "." : ":\n" + words));
  }

  /** A step that didn't come to its end, for the given reason. */
  static ProblemException step(Lab lab, Machine machine, String why) {
    return Problem.of(
            "lab-step",
            500,
            "A step failed on " + machine.name() + ".",
            why,
            """

            Look around:           %s
            Go on from there:      %s
            Or take it all down:   %s\
            """
                .formatted(
                    Words.exec(lab, machine.name(), "sh"),
                    Words.lab(lab, "up"),
                    Words.lab(lab, "down")))
        .raise();
  }

  private static String tail(String text) {
    return text.length() <= WORDS_MAX ? text : "…" + text.substring(text.length() - WORDS_MAX);
  }
}
