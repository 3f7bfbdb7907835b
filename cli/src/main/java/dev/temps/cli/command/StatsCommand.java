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
import org.jspecify.annotations.Nullable;
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
    Map<String, WorkloadStats> measured =
        stats.stream().collect(Collectors.toMap(WorkloadStats::id, Function.identity()));
    Table table = new Table("NAME", "NODE", "CPU", "MEMORY", "RECEIVED", "SENT", "PROCESSES");
    for (ContainerView container : api.containers(app, null)) {
      row(table, container, measured.get(container.id()));
    }
    return show(table);
  }

  /** A replica that could not be measured has its state in place of figures. */
  private static void row(Table table, ContainerView container, @Nullable WorkloadStats s) {
    if (s == null) {
      String why = container.state().equals("running") ? "no answer" : container.state();
      table.row(container.name(), container.node(), why, "", "", "", "");
      return;
    }
    table.row(
        container.name(),
        container.node(),
        Human.cores(s.cpuMillis()),
        Human.bytes(s.memoryBytes())
            + (s.memoryLimitBytes() > 0 ? "/" + Human.bytes(s.memoryLimitBytes()) : ""),
        Human.bytes(s.receivedBytes()),
        Human.bytes(s.sentBytes()),
        s.processes());
  }
}
