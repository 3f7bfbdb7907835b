package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.contract.api.AppView;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that change what should be true of an app; the machines then make it so. */
public final class LifecycleCommands {
  private LifecycleCommands() {}

  /** {@code temps scale APP N}. */
  @Command(
      name = "scale",
      description = "Changes how many replicas of an app run, and waits until they do.",
      footer = {"  temps scale web 3", "  temps scale web 0"})
  public static final class Scale extends WishCommand {
    private static final int REPLICAS_MAX = 100;

    @Parameters(index = "1", paramLabel = "REPLICAS", description = "0 to 100.")
    private String replicas = "";

    /** Speaks to the given outside. */
    public Scale(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      limit();
      return wished(api, api.scale(app(), Amounts.whole("replicas", replicas, 0, REPLICAS_MAX)));
    }
  }

  /** {@code temps restart APP}. */
  @Command(
      name = "restart",
      description = "Restarts an app's replicas one after the other, and waits.",
      footer = {"  temps restart web", "  temps restart web --json"})
  public static final class Restart extends WishCommand {
    /** Speaks to the given outside. */
    public Restart(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      limit();
      return wished(api, api.act(app(), "restart"));
    }
  }

  /** {@code temps stop APP}. */
  @Command(
      name = "stop",
      description = "Stops an app's replicas, and waits; they keep their places.",
      footer = {"  temps stop web", "  temps stop web --yes"})
  public static final class Stop extends WishCommand {
    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    /** Speaks to the given outside. */
    public Stop(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      limit();
      new Questions(io).confirm("Stop " + app() + "? It won't answer until started.", yes);
      return wished(api, api.act(app(), "stop"));
    }
  }

  /** {@code temps start APP}. */
  @Command(
      name = "start",
      description = "Starts a stopped app again, and waits until it answers.",
      footer = {"  temps start web", "  temps start web --json"})
  public static final class Start extends WishCommand {
    /** Speaks to the given outside. */
    public Start(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      limit();
      return wished(api, api.act(app(), "start"));
    }
  }

  /** {@code temps remove APP}. */
  @Command(
      name = "remove",
      description = "Removes an app with all its replicas.",
      footer = {"  temps remove web", "  temps remove web --yes"})
  public static final class Remove extends OfApp {
    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    /** Speaks to the given outside. */
    public Remove(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      AppView view = api.app(app());
      new Questions(io)
          .confirm(
              "Remove %s (%s, %d replicas, %s)?"
                  .formatted(
                      view.name(), view.state(), view.replicas(), String.join(" ", view.urls())),
              yes);
      api.removeApp(app());
      io.progress("Removed " + view.name() + ".");
      return DONE;
    }
  }

  /** A command about one app. */
  abstract static class OfApp extends ApiCommand {
    @Parameters(index = "0", paramLabel = "APP", description = "Name of the app.")
    private String name = "";

    OfApp(Io io) {
      super(io);
    }

    final String app() {
      return Segment.of("app", name);
    }
  }

  /** A command that changes a wish about an app, and waits until it is true. */
  abstract static class WishCommand extends OfApp {
    @Option(names = "--detach", description = "Don't wait until it is true.")
    private boolean detach;

    @Option(
        names = "--timeout",
        paramLabel = "TIME",
        description = "How long to wait; the work goes on after it. 10m without.")
    private String timeout = "10m";

    WishCommand(Io io) {
      super(io);
    }

    /**
     * How long to wait; call it before anything is asked for, so that a bad one changes nothing.
     */
    final Duration limit() {
      return Amounts.duration("timeout", timeout);
    }

    /** Waits unless told not to, then shows the app. */
    final int wished(Api api, AppView asked) throws InterruptedException {
      String operation = asked.operation();
      AppView view = asked;
      if (!detach && operation != null) {
        new OperationWatch(io, api).await(api.operation(operation), limit());
        view = api.app(app());
      }
      io.progress(
          "%s is %s: %d of %d replicas healthy."
              .formatted(view.name(), view.state(), view.healthy(), view.replicas()));
      return json ? json(view) : DONE;
    }
  }
}
