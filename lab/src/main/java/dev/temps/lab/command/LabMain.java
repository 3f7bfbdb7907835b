package dev.temps.lab.command;

import dev.temps.kit.ProblemException;
import picocli.CommandLine;

/** Runs {@code temps lab} by itself, without the rest of the program. */
public final class LabMain {
  private LabMain() {}

  /** Entry point. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new LabCommand());
    line.setExecutionExceptionHandler((failure, command, _) -> {
      if (!(failure instanceof ProblemException problem)) {
        throw failure;
      }
      command.getErr().println(problem.problem().line());
      return 1;
    });
    System.exit(line.execute(arguments));
  }
}
