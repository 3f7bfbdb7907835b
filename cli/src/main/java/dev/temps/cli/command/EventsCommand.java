package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.api.Page;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Segment;
import dev.temps.cli.input.Since;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.EventView;
import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps events}. */
@Command(
    name = "events",
    description = "Shows what happened and why, newest first; while following, newest last.",
    footer = {"  temps events web --since 1d", "  temps events --node worker-2 --follow"})
public final class EventsCommand extends ApiCommand {
  private static final int PAGE = 1_000;
  private static final int LIMIT_MAX = 100_000;
  private static final int FIRST_FOLLOWED = 10;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  @Parameters(paramLabel = "APP", arity = "0..1", description = "Only of this app.")
  private @Nullable String app;

  @Option(names = "--app", paramLabel = "APP", description = "The same.")
  private @Nullable String named;

  @Option(names = "--node", paramLabel = "NODE", description = "Only of this node.")
  private @Nullable String node;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only after it: 10m, 2h, 7d, or 2026-11-23T10:00:00Z.")
  private @Nullable String since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many; 100 without, 10 old ones while following.")
  private @Nullable String limit;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new ones until interrupted.")
  private boolean follow;

  /** Speaks to the given outside. */
  public EventsCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    int usual = follow && since == null ? FIRST_FOLLOWED : follow ? LIMIT_MAX : 100;
    int wanted = limit == null ? usual : Amounts.whole("limit", limit, 1, LIMIT_MAX);
    Instant from = since == null ? null : Since.parse(since, io.time().now());
    List<EventView> events = events(api, from == null ? null : from.toString(), wanted);
    if (follow) {
      events.reversed().forEach(this::print);
      return follow(api, new Fresh(events, from == null ? 0 : from.toEpochMilli()));
    }
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

  private List<EventView> events(Api api, @Nullable String from, int wanted)
      throws InterruptedException {
    String ofApp = app == null ? named : app;
    String appName = ofApp == null ? null : Segment.of("app", ofApp);
    String nodeName = node == null ? null : Segment.of("node", node);
    List<EventView> all = new ArrayList<>();
    Page page = new Page(from, null, Math.min(wanted, PAGE));
    while (true) {
      List<EventView> some = api.events(appName, nodeName, page);
      all.addAll(some);
      if (some.size() < page.limit() || all.size() >= wanted) {
        return all.subList(0, Math.min(all.size(), wanted));
      }
      page = page.after(some.getLast().id());
    }
  }

  private int follow(Api api, Fresh fresh) throws InterruptedException {
    while (!Thread.interrupted()) {
      io.time().pause(LOOK_EVERY);
      try {
        String from = Instant.ofEpochMilli(fresh.lookFrom()).toString();
        fresh.of(events(api, from, LIMIT_MAX)).forEach(this::print);
      } catch (ProblemException e) {
        if (e.problem().status() < 500) {
          throw e;
        }
        io.progress("The control plane doesn't answer; trying again ...");
      }
    }
    return DONE;
  }

  private void print(EventView e) {
    if (json) {
      io.out().println(Json.write(e));
      return;
    }
    String at = e.node() == null ? "" : " on " + e.node();
    io.out()
        .println(
            Printable.line(
                Instant.ofEpochMilli(e.atMillis())
                    + "  "
                    + e.kind()
                    + "  "
                    + e.subject()
                    + at
                    + ": "
                    + e.reason()));
  }
}
