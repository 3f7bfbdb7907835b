package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.OperationView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps operation …}: long work. */
@Command(
    name = "operation",
    description = "Long work: rollouts, drains, backups and the like.",
    footer = {"  temps operation list", "  temps operation cancel op-…"},
    subcommands = {
      OperationCommand.Listing.class,
      OperationCommand.Show.class,
      OperationCommand.Wait.class,
      OperationCommand.Cancel.class
    })
public final class OperationCommand {

  @Command(
      name = "list",
      description = "Lists long work, the youngest first.",
      footer = {
        "  temps operation list --unfinished",
        "  temps operation list --kind rollout --subject web"
      })
  static final class Listing extends ApiCommand {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "How many at most.")
    private String limit = "50";

    @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind, e.g. rollout.")
    private @Nullable String kind;

    @Option(
        names = "--subject",
        paramLabel = "NAME",
        description = "Only what is done to this app or machine.")
    private @Nullable String subject;

    @Option(names = "--unfinished", description = "Only what goes on.")
    private boolean unfinished;

    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<OperationView> all =
          api.operations(kind, subject, unfinished, Amounts.whole("limit", limit, 1, 1000));
      if (json) {
        return json(OperationView.class, all);
      }
      long now = io.time().millis();
      Table table = new Table("ID", "KIND", "OF", "STATE", "DONE", "AGE", "NOW");
      for (OperationView o : all) {
        table.row(
            o.id(),
            o.kind(),
            o.subject(),
            o.state(),
            o.done() + "/" + o.total(),
            Human.age(o.createdAtMillis(), now),
            o.reason() == null ? o.step() : o.reason());
      }
      return show(table);
    }
  }

  @Command(
      name = "show",
      description = "Shows how a piece of long work gets on, or why it ended.",
      footer = {"  temps operation show op-…", "  temps operation show op-… --json"})
  static final class Show extends OfOperation {
    Show(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      return told(api.operation(id()));
    }
  }

  @Command(
      name = "wait",
      description = "Follows a piece of long work to its end; fails when it failed.",
      footer = {"  temps operation wait op-…", "  temps operation wait op-… --timeout 10m"})
  static final class Wait extends OfOperation {
    @Option(
        names = "--timeout",
        paramLabel = "TIME",
        description = "How long to wait, e.g. 10m; it goes on after that. Without: to its end.")
    private @Nullable String timeout;

    Wait(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      OperationWatch watch = new OperationWatch(io, api);
      OperationView first = api.operation(id());
      OperationView ended =
          timeout == null
              ? watch.await(first)
              : watch.await(first, Amounts.duration("timeout", timeout));
      return json ? json(ended) : DONE;
    }
  }

  @Command(
      name = "cancel",
      description = "Ends a piece of long work; what is done stays done.",
      footer = {"  temps operation cancel op-…", "  temps operation cancel op-… --json"})
  static final class Cancel extends OfOperation {
    Cancel(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      return told(api.cancelOperation(id()));
    }
  }

  /** A command about one operation. */
  abstract static class OfOperation extends ApiCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "Id of the operation.")
    private @Nullable String id;

    OfOperation(Io io) {
      super(io);
    }

    final String id() {
      return Segment.of("operation", String.valueOf(id));
    }

    final int told(OperationView operation) {
      if (json) {
        return json(operation);
      }
      io.out().println(OperationWatch.line(operation));
      if (operation.reason() != null) {
        io.out().println(operation.state() + ": " + operation.reason());
      }
      return DONE;
    }
  }
}
