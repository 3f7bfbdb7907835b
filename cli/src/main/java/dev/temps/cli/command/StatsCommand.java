package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.api.ContainerView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps stats APP}. */
@Command(
    name = "stats",
    description = "Shows what an app's replicas use now.",
    footer = {"  temps stats web", "  temps stats web --json"})
public final class StatsCommand extends ApiCommand {
  @Parameters(paramLabel = "APP", description = "Name of the app.")
  private String app = "";

  /** Speaks to the given outside. */
  public StatsCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    List<WorkloadStats> stats = api.stats(Segment.of("app", app));
    if (json) {
      return json(WorkloadStats.class, stats);
    }
    Map<String, ContainerView> containers =
        api.containers(app, null).stream()
            .collect(Collectors.toMap(ContainerView::id, Function.identity()));
    Table table = new Table("NAME", "NODE", "CPU", "MEMORY", "RECEIVED", "SENT", "PROCESSES");
    for (WorkloadStats s : stats) {
      ContainerView container = containers.get(s.id());
      table.row(
          container == null ? s.id() : container.name(),
          container == null ? "" : container.node(),
          Human.cores(s.cpuMillis()),
          Human.bytes(s.memoryBytes())
              + (s.memoryLimitBytes() > 0 ? "/" + Human.bytes(s.memoryLimitBytes()) : ""),
          Human.bytes(s.receivedBytes()),
          Human.bytes(s.sentBytes()),
          s.processes());
    }
    return show(table);
  }
}
