package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.LinkView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps link …}: which projects may talk to each other. */
@Command(
    name = "link",
    description = "Projects that may talk to each other, while all others can't.",
    footer = {"  temps link add shop billing", "  temps link list"},
    subcommands = {LinkCommand.Add.class, LinkCommand.Listing.class, LinkCommand.Remove.class})
public final class LinkCommand {

  @Command(
      name = "add",
      description = "Lets the containers of two projects reach each other, both ways.",
      footer = {"  temps link add shop billing", "  temps link add shop billing --json"})
  static final class Add extends OfTwo {
    Add(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      LinkView view = api.link(project(), other());
      io.progress(view.project() + " and " + view.other() + " may talk to each other.");
      return json ? json(view) : DONE;
    }
  }

  @Command(
      name = "list",
      description = "Lists which projects may talk to each other.",
      footer = {"  temps link list", "  temps link list --json"})
  static final class Listing extends ApiCommand {
    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<LinkView> links = api.links();
      if (json) {
        return json(LinkView.class, links);
      }
      long now = io.time().millis();
      Table table = new Table("PROJECT", "OTHER", "LINKED BY", "AGE");
      links.forEach(l ->
          table.row(l.project(), l.other(), l.createdBy(), Human.age(l.createdAtMillis(), now)));
      return show(table);
    }
  }

  @Command(
      name = "remove",
      description = "Parts two projects again; connections that are open end.",
      footer = {"  temps link remove shop billing", "  temps link remove shop billing --yes"})
  static final class Remove extends OfTwo {
    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    Remove(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      String both = project() + " and " + other();
      new Questions(io).confirm("Part " + both + "? Open connections between them end.", yes);
      api.unlink(project(), other());
      io.progress(both + " can't talk to each other any more.");
      return DONE;
    }
  }

  /** A command about two projects. */
  abstract static class OfTwo extends ApiCommand {
    @Parameters(index = "0", paramLabel = "PROJECT", description = "A project.")
    private String project = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "Another project.")
    private String other = "";

    OfTwo(Io io) {
      super(io);
    }

    final String project() {
      return Segment.of("project", project);
    }

    final String other() {
      return Segment.of("project", other);
    }
  }
}
