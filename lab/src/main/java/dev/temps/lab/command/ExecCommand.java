package dev.temps.lab.command;

import dev.temps.lab.Lab;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code temps lab exec}. */
@Command(
    name = "exec",
    description = "Runs a program in a machine, as root, and passes its exit code on.",
    footer = {
      "",
      "Examples:",
      "  temps lab exec node-1 -- temps ps",
      "  temps lab exec node-2 -- bash",
      "  temps lab exec node-2 -- sh -s < script.sh"
    })
final class ExecCommand implements Callable<Integer> {
  @Mixin private NameOption name = new NameOption();

  @Parameters(index = "0", paramLabel = "NODE", description = "Which machine: node-1 …")
  private String node = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "What to run.")
  private List<String> command = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ProcessBuilder program = Lab.open(name.name()).machine(node).program(command).inheritIO();
    String terminal = System.getenv("TERM");
    if (terminal != null) {
      program.environment().put("TERM", terminal);
    }
    Interrupts.leaveToChildren();
    return program.start().waitFor();
  }
}
