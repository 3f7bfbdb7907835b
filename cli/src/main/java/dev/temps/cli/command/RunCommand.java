package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Segment;
import dev.temps.cli.terminal.ExecSession;
import dev.temps.contract.agent.ExecMessage.Size;
import dev.temps.contract.api.RunRequest;
import dev.temps.contract.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps run APP -- COMMAND}: its exit code is the command's. */
@Command(
    name = "run",
    customSynopsis = "temps run APP [OPTION...] -- COMMAND...",
    description =
        "Runs a command in a new container of an app's release, which is gone when it ends.",
    footer = {"  temps run web -- bin/migrate", "  temps run web --memory 1G --timeout 2h -- sh"})
public final class RunCommand extends ApiCommand {
  @Parameters(index = "0", paramLabel = "APP", description = "Name of the app.")
  private String app = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "Command and its arguments, after --; the image's entrypoint stays before it.")
  private List<String> command = List.of();

  @Option(
      names = "--cpu",
      paramLabel = "CORES",
      description = "Its limit, e.g. 0.5 or 500m; the app's without.")
  private @Nullable String cpu;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Its limit, e.g. 256M; the app's without.")
  private @Nullable String memory;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "End it after so long, e.g. 90s or 2h, up to 7d; never without.")
  private @Nullable String timeout;

  @Option(
      names = {"-T", "--no-terminal"},
      description = "Don't make a terminal, e.g. when output is piped on.")
  private boolean noTerminal;

  /** Speaks to the given outside. */
  public RunCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws Exception {
    Segment.of("app", app);
    boolean terminal = io.terminal() && !noTerminal;
    RunRequest what = request(terminal);
    return new ExecSession(io)
        .run(listener -> api.run(app, listener), size -> Json.write(sized(what, size)), terminal);
  }

  private RunRequest request(boolean terminal) {
    Long seconds = timeout == null ? null : Amounts.duration("timeout", timeout).toSeconds();
    return new RunRequest(
        command,
        terminal,
        0,
        0,
        cpu == null ? null : Amounts.cpuMillis(cpu),
        memory == null ? null : Amounts.bytes(memory),
        seconds == null ? null : Math.clamp(seconds, 0, Integer.MAX_VALUE));
  }

  private static RunRequest sized(RunRequest what, Size size) {
    return new RunRequest(
        what.command(),
        what.terminal(),
        size.columns(),
        size.rows(),
        what.cpuMillis(),
        what.memoryBytes(),
        what.timeoutSeconds());
  }
}
