package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.VariableView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps env …}: variables of an app, plain or secret. */
@Command(
    name = "env",
    description = "Variables of an app, plain or secret; a change is a new release.",
    footer = {"  temps env set web LOG_LEVEL=debug", "  temps env list web"},
    subcommands = {
      EnvChanges.Set.class,
      EnvChanges.Unset.class,
      EnvCommand.Listing.class,
      EnvChanges.Import.class
    })
public final class EnvCommand {

  @Command(
      name = "list",
      description = "Lists an app's variables; values of secrets are never shown.",
      footer = {"  temps env list web", "  temps env list web --json"})
  static final class Listing extends ApiCommand {
    @Parameters(paramLabel = "APP", description = "Name of the app.")
    private String app = "";

    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<VariableView> variables = api.variables(Segment.of("app", app));
      if (json) {
        return json(VariableView.class, variables);
      }
      long now = io.time().millis();
      Table table = new Table("NAME", "VALUE", "SET", "BY");
      for (VariableView one : variables) {
        table.row(
            one.name(),
            one.secret() ? "(secret)" : String.valueOf(one.value()),
            Human.age(one.updatedAtMillis(), now),
            one.updatedBy());
      }
      return show(table);
    }
  }
}
