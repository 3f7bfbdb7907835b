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
    description = "Long work, such as the drain of a machine.",
    footer = {"  temps operation list", "  temps operation cancel op-…"},
    subcommands = {
      OperationCommand.Listing.class,
      OperationCommand.Show.class,
      OperationCommand.Cancel.class
    })
public final class OperationCommand {

  @Command(
      name = "list",
      description = "Lists long work, the youngest first.",
      footer = {"  temps operation list", "  temps operation list --json"})
  static final class Listing extends ApiCommand {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "How many at most.")
    private String limit = "50";

    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<OperationView> all = api.operations(Amounts.whole("limit", limit, 1, 1000));
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
