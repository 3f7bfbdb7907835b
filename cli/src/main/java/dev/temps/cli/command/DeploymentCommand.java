package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.DeploymentView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps deployment …}: releases of apps. */
@Command(
    name = "deployment",
    description = "Releases of apps and how far they got.",
    footer = {"  temps deployment list web", "  temps deployment show d-4k2m..."},
    subcommands = {DeploymentCommand.Listing.class, DeploymentCommand.Show.class})
public final class DeploymentCommand {

  @Command(
      name = "list",
      description = "Lists releases, newest first.",
      footer = {"  temps deployment list", "  temps deployment list web --json"})
  static final class Listing extends ApiCommand {
    @Parameters(paramLabel = "APP", arity = "0..1", description = "Only of this app.")
    private @Nullable String app;

    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<DeploymentView> releases = api.deployments(app == null ? null : Segment.of("app", app));
      if (json) {
        return json(DeploymentView.class, releases);
      }
      long now = io.time().millis();
      Table table = new Table("APP", "RELEASE", "STATE", "HEALTHY", "AGE", "IMAGE", "ID");
      for (DeploymentView d : releases) {
        table.row(
            d.app(),
            d.number(),
            d.state(),
            d.healthy() + "/" + d.replicas(),
            Human.age(d.createdAtMillis(), now),
            d.image(),
            d.id());
      }
      return show(table);
    }
  }

  @Command(
      name = "show",
      description = "Shows one release with its replicas.",
      footer = {"  temps deployment show d-4k2m...", "  temps deployment show d-4k2m... --json"})
  static final class Show extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Id of the release.")
    private String id = "";

    Show(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      DeploymentView release = api.deployment(Segment.of("deployment id", id));
      if (json) {
        return json(release);
      }
      line("release", release.number() + " of " + release.app());
      line("state", release.state() + (release.reason() == null ? "" : ": " + release.reason()));
      if (release.rollbackOf() != null) {
        line("repeats", "release " + release.rollbackOf());
      }
      line("image", release.image());
      line("digest", String.valueOf(release.digest()));
      line("healthy", release.healthy() + " of " + release.replicas());
      line("urls", String.join(" ", release.urls()));
      io.out().println();
      return show(PsCommand.table(release.containers(), io.time().millis()));
    }

    private void line(String what, String value) {
      io.out().println("%-8s %s".formatted(what, Printable.line(value)));
    }
  }
}
