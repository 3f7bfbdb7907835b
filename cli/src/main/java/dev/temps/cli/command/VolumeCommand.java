package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.VolumeView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps volume …}: data of apps. */
@Command(
    name = "volume",
    description = "Data of apps that stays when their containers go.",
    footer = {"  temps volume list", "  temps volume remove web:data"},
    subcommands = {
      VolumeCommand.Listing.class,
      VolumeCommand.Show.class,
      VolumeCommand.Remove.class
    })
public final class VolumeCommand {

  @Command(
      name = "list",
      description = "Lists volumes, also of apps that were removed.",
      footer = {"  temps volume list", "  temps volume list --json"})
  static final class Listing extends ApiCommand {
    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<VolumeView> all = api.volumes();
      if (json) {
        return json(VolumeView.class, all);
      }
      long now = io.time().millis();
      Table table = new Table("VOLUME", "NODE", "STATE", "MOUNTED AT", "AGE");
      for (VolumeView one : all) {
        table.row(
            fullName(one),
            one.node(),
            one.state(),
            one.path() == null ? "unused" : one.path(),
            Human.age(one.createdAtMillis(), now));
      }
      return show(table);
    }
  }

  @Command(
      name = "show",
      description = "Shows a volume and where its data lies.",
      footer = {"  temps volume show web:data", "  temps volume show web:data --json"})
  static final class Show extends OfVolume {
    Show(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      VolumeView view = api.volume(volume());
      if (json) {
        return json(view);
      }
      String use = view.path() == null ? "unused" : "mounted at " + view.path();
      io.out().println(fullName(view) + " (" + view.id() + "), " + view.state() + ", " + use);
      io.out().println("data in " + view.folder() + " on " + view.node());
      return DONE;
    }
  }

  @Command(
      name = "remove",
      description = "Gives up a volume that no app uses; its data is kept aside for a week.",
      footer = {"  temps volume remove web:data", "  temps volume remove web:data --yes"})
  static final class Remove extends OfVolume {
    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    Remove(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      VolumeView view = api.volume(volume());
      boolean lost = view.state().equals("lost");
      String what =
          lost
              ? "Begin with an empty %s? Its data was lost with %s."
              : "Remove %s on %s? Its data is deleted in a week.";
      new Questions(io).confirm(what.formatted(fullName(view), view.node()), yes);
      api.removeVolume(view.id());
      io.progress("Removed " + fullName(view) + ".");
      return DONE;
    }
  }

  /** A command about one volume. */
  abstract static class OfVolume extends ApiCommand {
    @Parameters(paramLabel = "VOLUME", description = "The volume, as APP:NAME, or its id.")
    private String volume = "";

    OfVolume(Io io) {
      super(io);
    }

    final String volume() {
      return Segment.of("volume", volume);
    }
  }

  private static String fullName(VolumeView view) {
    return view.app() + ":" + view.name();
  }
}
