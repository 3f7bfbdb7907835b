package dev.temps.dist;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
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
    footer = {"  temps aot-train control /tmp/scratch", "  temps aot-train agent --probe"})
final class AotTrainCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(index = "0", paramLabel = "PROGRAM", description = "command, agent or control.")
  private String program = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Empty folder to work in.")
  private Path scratch = Path.of("");

  @Option(names = "--probe", description = "Only start: the cache is being tried.")
  private boolean probe;

  AotTrainCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() throws Exception {
    if (probe) {
      return 0;
    }
    Training training = new Training(io, scratch);
    switch (program) {
      case "command" -> training.command();
      case "agent" -> training.agent();
      case "control" -> training.control();
      default -> throw Misuse.of("There is no program " + program + ".", "");
    }
    return 0;
  }
}
