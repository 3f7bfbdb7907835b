package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.context.Context;
import dev.temps.cli.context.ContextFile;
import dev.temps.cli.context.Contexts;
import dev.temps.cli.output.Style;
import dev.temps.cli.output.Table;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps context …}: control planes you are logged in to. Tokens are never shown. */
@Command(
    name = "context",
    description = "Control planes you are logged in to, and which one commands talk to.",
    footer = {"  temps context list", "  temps context use production"},
    subcommands = {
      ContextCommand.Listing.class,
      ContextCommand.Use.class,
      ContextCommand.Show.class,
      ContextCommand.Forget.class
    })
public final class ContextCommand {

  private static List<ContextView> views(ContextFile all) {
    return all.contexts().stream()
        .map(c -> ContextView.of(c, c.name().equals(all.current())))
        .toList();
  }

  private static Context named(ContextFile all, String name) {
    return all.named(name)
        .orElseThrow(() -> Problem.missing("context", name, "See: temps context list").raise());
  }

  @Command(
      name = "list",
      description = "Lists the control planes you are logged in to.",
      footer = {"  temps context list", "  temps context list --json"})
  static final class Listing implements Callable<Integer> {
    private final Io io;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Listing(Io io) {
      this.io = io;
    }

    @Override
    public Integer call() throws IOException {
      List<ContextView> views = views(new Contexts(io).read());
      if (json) {
        io.out().println(Json.writeList(ContextView.class, views));
        return 0;
      }
      Table table = new Table("CURRENT", "NAME", "URL");
      views.forEach(v -> table.row(v.current() ? "*" : "", v.name(), v.url()));
      table.print(io.out(), new Style(io.colour()));
      return 0;
    }
  }

  @Command(
      name = "use",
      description = "Makes a context the one that commands talk to.",
      footer = {"  temps context use production", "  temps context use lab"})
  static final class Use implements Callable<Integer> {
    private final Io io;

    @Parameters(paramLabel = "NAME", description = "Name of the context.")
    private String name = "";

    Use(Io io) {
      this.io = io;
    }

    @Override
    public Integer call() throws IOException {
      Contexts contexts = new Contexts(io);
      ContextFile all = contexts.read();
      contexts.write(all.using(named(all, name).name()));
      io.progress("Commands now talk to " + name + ".");
      return 0;
    }
  }

  @Command(
      name = "show",
      description = "Shows the context that counts now, or the named one.",
      footer = {"  temps context show", "  temps context show lab --json"})
  static final class Show implements Callable<Integer> {
    private final Io io;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Name of the context.")
    private @Nullable String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Show(Io io) {
      this.io = io;
    }

    @Override
    public Integer call() throws IOException {
      ContextView view = ContextView.of(new Contexts(io).resolve(name), name == null);
      if (json) {
        io.out().println(Json.write(view));
      } else {
        io.out().println("name    " + view.name());
        io.out().println("url     " + view.url());
        io.out().println("ca pin  " + view.caPin());
      }
      return 0;
    }
  }

  @Command(
      name = "remove",
      description = "Forgets a context with its token.",
      footer = {"  temps context remove lab", "  temps context remove old-cluster"})
  static final class Forget implements Callable<Integer> {
    private final Io io;

    @Parameters(paramLabel = "NAME", description = "Name of the context.")
    private String name = "";

    Forget(Io io) {
      this.io = io;
    }

    @Override
    public Integer call() throws IOException {
      Contexts contexts = new Contexts(io);
      ContextFile all = contexts.read();
      contexts.write(all.without(named(all, name).name()));
      io.progress("Forgot " + name + ".");
      return 0;
    }
  }
}
