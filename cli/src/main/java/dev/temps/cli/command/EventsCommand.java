package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.EventView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps events}. */
@Command(
    name = "events",
    description = "Shows what happened and why, newest first.",
    footer = {"  temps events", "  temps events web --limit 20"})
public final class EventsCommand extends ApiCommand {
  @Parameters(paramLabel = "APP", arity = "0..1", description = "Only of this app.")
  private @Nullable String app;

  @Option(names = "--node", paramLabel = "NODE", description = "Only of this node.")
  private @Nullable String node;

  @Option(names = "--limit", paramLabel = "N", description = "How many; 100 without.")
  private String limit = "100";

  /** Speaks to the given outside. */
  public EventsCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    List<EventView> events =
        api.events(
            app == null ? null : Segment.of("app", app),
            node == null ? null : Segment.of("node", node),
            Amounts.whole("limit", limit, 1, 1000));
    if (json) {
      return json(EventView.class, events);
    }
    long now = io.time().millis();
    Table table = new Table("AGE", "WHAT", "OF", "NODE", "REASON");
    for (EventView e : events) {
      table.row(
          Human.age(e.atMillis(), now),
          e.kind(),
          e.subject(),
          String.valueOf(e.node()),
          e.reason());
    }
    return show(table);
  }
}
