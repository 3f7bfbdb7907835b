package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Wrapped;
import dev.temps.contract.api.AppView;
import dev.temps.contract.api.StatusView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps status [APP]}. */
@Command(
    name = "status",
    description = "Shows how the cluster is, or one app.",
    footer = {"  temps status", "  temps status web"})
public final class StatusCommand extends ApiCommand {
  @Parameters(
      paramLabel = "APP",
      arity = "0..1",
      description = "Name of an app; the whole cluster without.")
  private @Nullable String app;

  /** Speaks to the given outside. */
  public StatusCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    return app == null ? cluster(api) : app(api, Segment.of("app", app));
  }

  private int cluster(Api api) throws InterruptedException {
    StatusView status = api.status();
    if (json) {
      return json(status);
    }
    line("cluster", status.cluster() + ", temps " + status.version());
    line("urls", String.join(" ", status.urls()));
    if (status.console() != null) {
      line("console", status.console());
    }
    line("domain", "*." + status.domain());
    line("nodes", status.nodesReady() + " of " + status.nodes() + " ready");
    line(
        "apps",
        "%d with %d of %d replicas healthy"
            .formatted(status.apps(), status.replicasHealthy(), status.replicas()));
    if (status.tolerance() != null) {
      for (String sentence : status.tolerance().sentences()) {
        Wrapped.lines("losses    ", sentence).forEach(io.out()::println);
      }
    }
    for (String problem : status.problems()) {
      line("problem", problem);
    }
    return DONE;
  }

  private int app(Api api, String name) throws InterruptedException {
    AppView view = api.app(name);
    if (json) {
      return json(view);
    }
    line("app", view.name());
    line("state", view.state() + (view.reason() == null ? "" : ": " + view.reason()));
    line("image", view.image());
    line("replicas", view.healthy() + " of " + view.replicas() + " healthy");
    line("urls", String.join(" ", view.urls()));
    line("inside", view.internalName() + (view.address() == null ? "" : " = " + view.address()));
    io.out().println();
    return show(PsCommand.table(api.containers(name, null), io.time().millis()));
  }

  private void line(String what, String value) {
    String shown = Printable.line(value);
    io.out().println("%-9s %s".formatted(what, shown.isEmpty() ? "-" : shown));
  }
}
