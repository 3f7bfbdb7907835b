package dev.temps.dist;

import dev.temps.agent.join.Checkup;
import dev.temps.agent.join.Doctor;
import dev.temps.agent.join.Finding;
import dev.temps.cli.Io;
import dev.temps.contract.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps doctor}: exit code 1 when something needs to be mended. */
@Command(
    name = "doctor",
    description = "Looks this machine over: what a node needs, its agent, its paths to others.",
    footer = {"  temps doctor", "  temps doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  private final Io io;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DoctorCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    Checkup checkup = Doctor.examine();
    if (json) {
      io.out().println(Json.write(checkup));
    } else {
      checkup.findings().stream().map(Finding::line).forEach(io.out()::println);
      io.progress(words(checkup));
    }
    return checkup.bad() == 0 ? 0 : 1;
  }

  private static String words(Checkup checkup) {
    String who =
        checkup.node() == null ? "This machine is no node" : "This is node " + checkup.node();
    return checkup.bad() == 0
        ? who + "; nothing to mend."
        : who + "; to mend: " + checkup.bad() + ".";
  }
}
