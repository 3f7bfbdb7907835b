package dev.temps.dist;

import dev.temps.agent.unit.Units;
import dev.temps.agent.upgrade.ReleaseUnpacker;
import dev.temps.agent.upgrade.Switcher;
import dev.temps.agent.upgrade.Upgrade;
import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.contract.release.SwitchOutcome;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code temps install}: what an upgrade does on one machine, without a control plane's order. For
 * machines whose release knows no orders yet.
 */
@Command(
    name = "install",
    description =
        "Puts a release on this machine only, and the old one back when it does not work.",
    footer = {
      "  temps install --file temps-0.2.0-linux-x64.tar.gz",
      "  temps/bin/temps install --file temps-0.2.0-linux-x64.tar.gz"
    })
final class InstallCommand implements Callable<Integer> {
  private static final Duration END_LIMIT = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Io io;

  @Option(names = "--file", paramLabel = "FILE", description = "The release's archive.")
  private @Nullable Path file;

  InstallCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() throws Exception {
    Path archive = file;
    if (archive == null || !Files.isRegularFile(archive)) {
      throw Misuse.of(
          archive == null ? "Which release?" : archive + " is no file.",
          "Give its archive with --file temps-VERSION-linux-x64.tar.gz.");
    }
    ReleasePlaces places = ReleasePlaces.standard();
    Units units = ThisMachine.units(io.time());
    if (!units.status("temps-agent").running()) {
      throw Problem.conflict(
              "no-agent-here",
              "No agent runs on this machine.",
              "A release is only put in the place of one that runs.",
              "Make this machine a node first: temps serve, or temps join.")
          .raise();
    }
    Switcher switcher = new Switcher(places, units, Home.folder());
    if (switcher.running()) {
      throw Problem.conflict(
              "switch-running", "A release is being put on this machine already.", "", "Wait.")
          .raise();
    }
    io.progress("Unpacking " + archive + " beside the present release.");
    Path home = new ReleaseUnpacker(places).unpack(archive, Upgrade.sha256(archive));
    String attempt = Ids.secure().next("install");
    switcher.begin(attempt, home);
    String version = ReleaseUnpacker.facts(home).version();
    io.progress("temps " + version + " starts and has a minute to prove itself.");
    SwitchOutcome outcome = await(places, attempt);
    if (!outcome.word().equals("done")) {
      throw Problem.of(
              "went-back",
              500,
              "The old release is back.",
              outcome.detail(),
              "See /var/log/temps/temps-agent.log, or journalctl -u temps-agent.")
          .raise();
    }
    io.progress("This machine runs temps " + version + ".");
    return 0;
  }

  private SwitchOutcome await(ReleasePlaces places, String attempt) throws Exception {
    Duration end = io.time().elapsed().plus(END_LIMIT);
    while (io.time().elapsed().compareTo(end) < 0) {
      SwitchOutcome now = places.outcome();
      boolean ended = now.word().equals("done") || now.word().equals("back");
      if (ended && now.attempt().equals(attempt)) {
        return now;
      }
      io.time().pause(PAUSE);
    }
    return new SwitchOutcome("", attempt, "", "It is not known after " + END_LIMIT + ".");
  }
}
