package dev.temps.dist;

import dev.temps.cli.Io;
import dev.temps.cli.TempsCli;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs a program once through its start and its daily work, so that the JVM learns which classes
 * its cache should hold. Used while packaging only.
 */
@Command(
    name = "aot-train",
    hidden = true,
    description = "Exercises a program so that its start cache can be made.",
    footerHeading = "%nExamples:%n",
    footer = {"  temps aot-train command /tmp/scratch", "  temps aot-train agent --probe"})
final class AotTrainCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(index = "0", description = "command, agent or control.")
  private String program = "";

  @Parameters(index = "1", arity = "0..1", description = "Empty folder to work in.")
  private Path scratch = Path.of("");

  @Option(names = "--probe", description = "Only start: the cache is being tried.")
  private boolean probe;

  AotTrainCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    if (probe) {
      return 0;
    }
    return switch (program) {
      case "command", "agent", "control" -> help();
      default -> throw new IllegalArgumentException("no such program: " + program);
    };
  }

  private int help() {
    io.progress("working in " + scratch);
    return TempsCli.run(io, Mounts.all(), "--help");
  }
}
