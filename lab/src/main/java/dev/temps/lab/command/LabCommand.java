package dev.temps.lab.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code temps lab}, the parent of all commands of the lab. */
@Command(
    name = "lab",
    description = "Several real machines on this host, to try Temps and to break it.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  temps lab up                      three machines, Temps on all, an app running",
      "  temps lab exec node-2 -- temps ps",
      "  temps lab power-off node-3",
      "  temps lab down"
    },
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ExecCommand.class,
      FaultCommands.PowerOff.class,
      FaultCommands.PowerOn.class,
      FaultCommands.Cut.class,
      FaultCommands.Heal.class,
      FaultCommands.Freeze.class,
      FaultCommands.Thaw.class,
      DemoCommand.class
    })
public final class LabCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  /** For picocli, which fills in the rest. */
  public LabCommand() {
    this.spec = CommandSpec.create();
  }

  /** Without a subcommand there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with the lab: up, down, status, exec, …");
  }
}
