package dev.temps.cli;

import dev.temps.cli.output.Printable;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever a command throws into one readable line and an exit code. */
final class Failures {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Failures() {}

  static CommandLine handled(Io io, CommandLine line) {
    return line.setOut(new PrintWriter(io.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(io.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, _) -> misused(io, e))
        .setExecutionExceptionHandler((e, _, _) -> failed(io, e))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(90)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int misused(Io io, ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    io.err().println("temps: " + shown(String.valueOf(e.getMessage())));
    if (e instanceof UnmatchedArgumentException unmatched) {
      var suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        io.err().println("Did you mean: " + String.join(", ", suggestions) + "?");
      }
    }
    io.err().println("See: " + name + " --help");
    return MISUSED;
  }

  private static int failed(Io io, Exception e) {
    if (io.variable("TEMPS_DEBUG").isPresent()) {
      e.printStackTrace(io.err());
    }
    if (e instanceof ProblemException refused) {
      Problem problem = refused.problem();
      io.err().println("temps: " + shown(problem.line()));
      return problem.type().equals(Misuse.TYPE) ? MISUSED : FAILED;
    }
    if (e instanceof InterruptedException) {
      io.err().println("temps: interrupted");
      return FAILED;
    }
    String what =
        e instanceof IOException || e instanceof UncheckedIOException
            ? "Reading or writing failed: " + e.getMessage()
            : "Something unexpected happened: " + e;
    io.err().println("temps: " + shown(what) + ". TEMPS_DEBUG=1 shows where.");
    return FAILED;
  }

  /** What this program found may have a line for each finding; nothing moves the cursor. */
  private static String shown(String text) {
    return text.strip().lines().map(Failures::clean).collect(Collectors.joining("\n"));
  }

  private static String clean(String line) {
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    return indent.replace('\t', ' ') + Printable.line(line);
  }
}
