package dev.temps.agent.upgrade;

import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.Units;
import dev.temps.contract.release.ReleasePlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Starts the script that puts another release in the place of the present one, as a unit of its
 * own: it goes on when the agent ends, and after a reboot. Stateless.
 */
public final class Switcher {
  /** The script's unit. */
  public static final String UNIT = "temps-switch";

  private static final String CONTROL = "temps-control";

  private final ReleasePlaces places;
  private final Units units;
  private final Path program;

  /**
   * A switcher.
   *
   * @param program folder of the release that runs now; its script is copied, so that neither the
   *     old nor the new release has to be whole for the way back
   */
  public Switcher(ReleasePlaces places, Units units, Path program) {
    this.places = places;
    this.units = units;
    this.program = program;
  }

  /**
   * Hands over. The agent, and the control plane where one is, restart soon after.
   *
   * @param attempt names this try in the outcome
   * @param home folder of the new release
   */
  public void begin(String attempt, Path home) throws IOException {
    Files.createDirectories(places.work());
    Path script = copy("temps-switch");
    Path supervise = copy("temps-supervise");
    Path old =
        Files.isSymbolicLink(places.link())
            ? places.link().toRealPath()
            : places.releases().resolve("before-" + attempt);
    boolean control = units.status(CONTROL).running();
    units.ensure(
        new UnitSpec(
            UNIT,
            List.of(
                "/bin/sh",
                script.toString(),
                attempt,
                home.toString(),
                old.toString(),
                control ? CONTROL + " temps-agent" : "temps-agent"),
            Map.of(
                "TEMPS_SWITCH_LINK",
                places.link().toString(),
                "TEMPS_SWITCH_WORK",
                places.work().toString(),
                "TEMPS_SWITCH_SUPERVISE",
                supervise.toString()),
            UnitSpec.Restart.onFailure,
            Path.of("/")));
  }

  /** Whether a switch is under way. */
  public boolean running() {
    return units.status(UNIT).running();
  }

  private Path copy(String name) throws IOException {
    Path to = places.work().resolve(name);
    Path half = places.work().resolve(name + ".new");
    Files.copy(
        program.resolve("libexec").resolve(name),
        half,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    return Files.move(
        half, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
