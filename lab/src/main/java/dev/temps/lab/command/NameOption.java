package dev.temps.lab.command;

import dev.temps.kit.Name;
import picocli.CommandLine.Option;

/** {@code --name} and {@code --help}, the same in every command. */
final class NameOption {
  @Option(
      names = "--name",
      paramLabel = "LAB",
      defaultValue = "default",
      description = "Which lab; several live side by side (${DEFAULT-VALUE}).")
  private String name = "default";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  Name name() {
    return Name.parse("lab name", name);
  }
}
