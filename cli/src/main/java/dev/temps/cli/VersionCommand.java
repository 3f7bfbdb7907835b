package dev.temps.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps version}. */
@Command(
    name = "version",
    description = "Shows the version of this program.",
    footerHeading = "%nExamples:%n",
    footer = {"  temps version", "  temps version --json"})
final class VersionCommand implements Callable<Integer> {
  private final Io io;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  VersionCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    String version = Version.ofThisProgram();
    io.out().println(json ? "{\"version\":\"" + version + "\"}" : "temps " + version);
    return 0;
  }
}
