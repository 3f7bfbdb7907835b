package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Segment;
import dev.temps.cli.terminal.ExecSession;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps exec APP -- COMMAND}: its exit code is the command's. */
@Command(
    name = "exec",
    customSynopsis = "temps exec APP [OPTION...] -- COMMAND...",
    description = "Runs a command in one of an app's replicas, wherever it runs.",
    footer = {"  temps exec web -- sh", "  temps exec web --replica 2 -- env"})
public final class ExecCommand extends ApiCommand {
  @Parameters(index = "0", paramLabel = "APP", description = "Name of the app.")
  private String app = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "Command and its arguments, after --.")
  private List<String> command = List.of();

  @Option(
      names = "--replica",
      paramLabel = "N",
      description = "Number of the replica, 2 for web-2; the first that runs without.")
  private @Nullable String replica;

  @Option(
      names = {"-T", "--no-terminal"},
      description = "Don't make a terminal, e.g. when output is piped on.")
  private boolean noTerminal;

  /** Speaks to the given outside. */
  public ExecCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws Exception {
    Segment.of("app", app);
    Integer number = replica == null ? null : Amounts.whole("replica", replica, 1, 100);
    boolean terminal = io.terminal() && !noTerminal;
    return new ExecSession(io)
        .run(
            listener -> api.exec(app, number, listener),
            size -> Json.write(new ExecStart(command, terminal, size.columns(), size.rows())),
            terminal);
  }
}
