package dev.temps.lab.product;

import dev.temps.kit.ProblemException;
import dev.temps.lab.command.LabCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** {@code temps lab …} typed in this process. */
record LabLine(int exit, String out, String err) {
  static LabLine type(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new LabCommand());
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler((failure, command, _) -> {
      if (!(failure instanceof ProblemException problem)) {
        throw failure;
      }
      command.getErr().println(problem.problem().line());
      return 1;
    });
    int exit = line.execute(arguments);
    return new LabLine(exit, out.toString(), err.toString());
  }

  static LabLine up(String lab, Object... more) {
    List<String> arguments = new ArrayList<>(List.of("up", "--name", lab, "--memory", "512m"));
    for (Object each : more) {
      arguments.add(each.toString());
    }
    return type(arguments.toArray(String[]::new));
  }

  @Override
  public String toString() {
    return "exit " + exit + "\n" + out + "\n" + err;
  }
}
