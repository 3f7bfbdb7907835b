package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Segment;
import dev.temps.cli.input.Since;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.api.AppTraffic;
import dev.temps.contract.api.ContainerView;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps stats APP}. */
@Command(
    name = "stats",
    description = "Shows what an app's replicas use now, and how it answered requests.",
    footer = {"  temps stats web", "  temps stats web --requests --since 1h"})
public final class StatsCommand extends ApiCommand {
  private static final int NOT_FOUND = 404;

  @Parameters(paramLabel = "APP", description = "Name of the app.")
  private String app = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Requests from when on: 5m (without), 2h, 7d, or 2026-11-23T10:00:00Z.")
  private String since = "5m";

  @Option(names = "--requests", description = "Show only how it answered requests.")
  private boolean requests;

  /** Speaks to the given outside. */
  public StatsCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    Segment.of("app", app);
    String from = Since.parse(since, io.time().now()).toString();
    if (requests) {
      AppTraffic traffic = api.traffic(app, from);
      return json ? json(traffic) : show(traffic);
    }
    List<WorkloadStats> stats = api.stats(app);
    if (json) {
      return json(WorkloadStats.class, stats);
    }
    Map<String, WorkloadStats> measured =
        stats.stream().collect(Collectors.toMap(WorkloadStats::id, Function.identity()));
    Table table = new Table("NAME", "NODE", "CPU", "MEMORY", "RECEIVED", "SENT", "PROCESSES");
    for (ContainerView container : api.containers(app, null)) {
      row(table, container, measured.get(container.id()));
    }
    show(table);
    AppTraffic traffic = traffic(api, from);
    if (traffic != null && traffic.total().requests() > 0) {
      io.out().println();
      show(traffic);
    }
    return DONE;
  }

  /** What was answered; null when the control plane is of a release that doesn't know. */
  private @Nullable AppTraffic traffic(Api api, String from) throws InterruptedException {
    try {
      return api.traffic(app, from);
    } catch (ProblemException e) {
      if (e.problem().status() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  private int show(AppTraffic traffic) {
    if (traffic.total().requests() == 0) {
      io.progress("No request was answered in that time.");
      return DONE;
    }
    return show(TrafficTable.of(traffic));
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
