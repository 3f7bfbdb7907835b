package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.output.Wrapped;
import dev.temps.contract.api.PlacementDefaultRequest;
import dev.temps.contract.api.PlacementDefaultView;
import dev.temps.contract.api.PlacementStrategy;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps placement …}: what apps go by that don't say themselves where they run. */
@Command(
    name = "placement",
    description = "Whether the cluster spreads apps or packs them, unless they say it themselves.",
    footer = {"  temps placement show", "  temps placement set pack"},
    subcommands = {PlacementCommand.Show.class, PlacementCommand.Set.class})
public final class PlacementCommand {
  private static final String PACK = "pack";
  private static final String SPREAD = "spread";

  /** {@code pack, the cluster's default}. */
  static String words(PlacementStrategy applied) {
    String whose = applied.source().equals("app") ? "as the app says" : "the cluster's default";
    return applied.strategy() + ", " + whose;
  }

  private static List<String> page(PlacementDefaultView view) {
    String how =
        view.strategy().equals(PACK)
            ? "pack: of equally good machines one in use that a replica fills best"
            : "spread: of equally good machines the least reserved";
    return Stream.of(
            Wrapped.lines("", how),
            own("apps that say pack themselves    ", view.packing()),
            own("apps that say spread themselves  ", view.spreading()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> own(String head, List<String> apps) {
    return apps.isEmpty() ? List.of() : Wrapped.lines(head, String.join(", ", apps));
  }

  @Command(
      name = "show",
      description = "Shows what the cluster does, and which apps say it themselves.",
      footer = {"  temps placement show", "  temps placement show --json"})
  static final class Show extends ApiCommand {
    Show(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      PlacementDefaultView view = api.foresight().placementDefault();
      if (json) {
        return json(view);
      }
      page(view).forEach(io.out()::println);
      return DONE;
    }
  }

  @Command(
      name = "set",
      description = "Says what the cluster does from now on; nothing that runs is moved.",
      footer = {"  temps placement set pack", "  temps placement set spread"})
  static final class Set extends ApiCommand {
    @Parameters(
        paramLabel = "spread|pack",
        description = "Take the emptiest of equally good machines, or fill one after the other.")
    private String strategy = "";

    Set(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      if (!strategy.equals(PACK) && !strategy.equals(SPREAD)) {
        throw Misuse.of(strategy + " is nothing the cluster could do.", "Use spread or pack.");
      }
      PlacementDefaultView view =
          api.foresight().placementDefault(new PlacementDefaultRequest(strategy));
      if (json) {
        return json(view);
      }
      page(view).forEach(io.out()::println);
      io.progress("Nothing that runs is moved; replicas placed from now on go by it.");
      return DONE;
    }
  }
}
