package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.ContainerView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps ps}. */
@Command(
    name = "ps",
    description = "Lists replicas and the machines they run on.",
    footer = {"  temps ps", "  temps ps web --node worker-2"})
public final class PsCommand extends ApiCommand {
  @Parameters(paramLabel = "APP", arity = "0..1", description = "Only of this app.")
  private @Nullable String app;

  @Option(names = "--node", paramLabel = "NODE", description = "Only on this node.")
  private @Nullable String node;

  @Option(names = "--why", description = "Show why each runs where it does.")
  private boolean why;

  /** Speaks to the given outside. */
  public PsCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    List<ContainerView> containers =
        api.containers(
            app == null ? null : Segment.of("app", app),
            node == null ? null : Segment.of("node", node));
    if (json) {
      return json(ContainerView.class, containers);
    }
    return show(why ? reasons(containers) : table(containers, io.time().millis()));
  }

  static Table table(List<ContainerView> containers, long nowMillis) {
    Table table =
        new Table("NAME", "NODE", "STATE", "HEALTH", "RESTARTS", "AGE", "ADDRESS", "IMAGE");
    for (ContainerView c : containers) {
      String address = c.address() == null ? "" : c.address() + ":" + c.port();
      String age = Human.age(c.startedAtMillis(), nowMillis);
      table.row(c.name(), c.node(), c.state(), c.health(), c.restarts(), age, address, c.image());
    }
    return table;
  }

  private static Table reasons(List<ContainerView> containers) {
    Table table = new Table("NAME", "NODE", "STATE", "REASON", "PLACED BECAUSE");
    for (ContainerView c : containers) {
      table.row(c.name(), c.node(), c.state(), String.valueOf(c.reason()), c.placedBecause());
    }
    return table;
  }
}
