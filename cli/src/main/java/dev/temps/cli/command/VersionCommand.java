package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps version}. */
@Command(
    name = "version",
    description = "Shows the version of this program.",
    footer = {"  temps version", "  temps version --json"})
public final class VersionCommand implements Callable<Integer> {
  private final Io io;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Speaks to the given outside. */
  public VersionCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    String version = Version.ofThisProgram();
    io.out().println(json ? "{\"version\":\"" + version + "\"}" : "temps " + version);
    return 0;
  }
}
