package dev.temps.dist;

import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.UnitStatus;
import dev.temps.agent.unit.Units;
import dev.temps.cli.Io;
import dev.temps.cli.api.FirstLook;
import dev.temps.cli.api.Transport;
import dev.temps.cli.context.Context;
import dev.temps.contract.tls.Pem;
import dev.temps.control.ServeOptions;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The control plane as a unit of this machine. */
final class ControlUnit {
  /** The unit's name. */
  static final String NAME = "temps-control";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Io io;
  private final Units units;
  private final ServeOptions options;

  ControlUnit(Io io, Units units, ServeOptions options) {
    this.io = io;
    this.units = units;
    this.options = options;
  }

  /** Makes it run; a running one restarts only for another program or other options. */
  void ensure(List<String> arguments) {
    units.ensure(UnitSpec.always(NAME, Home.command(arguments.toArray(String[]::new))));
  }

  /** Waits until it answers as the expected cluster. */
  void awaitAnswer(Optional<String> pin) throws InterruptedException {
    URI url = URI.create("https://127.0.0.1:" + options.port());
    Duration end = io.time().elapsed().plus(START_LIMIT);
    while (true) {
      try {
        String expected = pin.orElseGet(() -> Pem.fingerprint(FirstLook.ca(url, null)));
        Context context = new Context("local", url.toString(), expected, null, "none");
        try (Transport transport = new Transport(context, io.time())) {
          transport.call("GET", "/healthz", null);
          return;
        }
      } catch (ProblemException e) {
        if (io.time().elapsed().compareTo(end) > 0) {
          throw new ProblemException(late(e), e);
        }
      }
      io.time().pause(PAUSE);
    }
  }

  private Problem late(ProblemException last) {
    boolean runs = units.status(NAME) instanceof UnitStatus.Running;
    return Problem.of(
        "control-plane-not-started",
        503,
        "The control plane does not answer after " + START_LIMIT.toSeconds() + " s.",
        last.problem().line(),
        (runs ? "It runs" : "It does not run")
            + "; its words are in /var/log/temps/temps-control.log, or journalctl -u "
            + NAME
            + ".");
  }
}
