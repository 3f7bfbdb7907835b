package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Printable;
import dev.temps.contract.api.AppView;
import dev.temps.kit.Command.Result;
import dev.temps.kit.Problem;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps open APP}. */
@Command(
    name = "open",
    description = "Prints an app's address and opens it in the browser where there is one.",
    footer = {"  temps open web", "  curl \"$(temps open web)\""})
public final class OpenCommand extends ApiCommand {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Parameters(paramLabel = "APP", description = "Name of the app.")
  private String app = "";

  /** Speaks to the given outside. */
  public OpenCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    AppView view = api.app(Segment.of("app", app));
    if (view.urls().isEmpty()) {
      throw Problem.of("no-url", 409, view.name() + " has no address.", "", "").raise();
    }
    if (json) {
      return json(view);
    }
    String url = Printable.line(view.urls().getFirst());
    io.out().println(url);
    boolean desktop =
        io.variable("DISPLAY").isPresent() || io.variable("WAYLAND_DISPLAY").isPresent();
    if (io.terminal() && desktop && url.startsWith("http")) {
      Result opened = dev.temps.kit.Command.run(TIMEOUT, "xdg-open", url);
      if (!opened.ok()) {
        io.progress("No browser was opened.");
      }
    }
    return DONE;
  }
}
