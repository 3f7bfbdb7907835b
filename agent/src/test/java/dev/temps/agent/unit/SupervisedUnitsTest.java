package dev.temps.agent.unit;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real supervisor script, in a folder of its own; needs no root. */
class SupervisedUnitsTest extends UnitsContract {
  private static final Path SCRIPT =
      Path.of("../dist/src/package/libexec/temps-supervise").toAbsolutePath().normalize();
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path root;
  private SupervisedUnits.Places places;
  private SupervisedUnits units;

  @BeforeEach
  void supervise() {
    places =
        new SupervisedUnits.Places(
            SCRIPT, root.resolve("units"), root.resolve("run"), root.resolve("log"));
    units = new SupervisedUnits(places, Time.system());
  }

  @AfterEach
  void leaveNothing() {
    List.of("sleeper", "printer").forEach(units::stop);
  }

  @Override
  Units units() {
    return units;
  }

  @Override
  void crash(String name) {
    if (units.status(name) instanceof UnitStatus.Running(long pid, long _)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aNewAgentFindsWhatRunsAndLeavesItAlone() {
    UnitSpec sleeper = UnitSpec.always("sleeper", List.of("sleep", "600"));
    units.ensure(sleeper);
    Units later = new SupervisedUnits(places, Time.system());
    assertEquals(Units.Outcome.UNCHANGED, later.ensure(sleeper));
    assertEquals(units.status("sleeper"), later.status("sleeper"));
  }

  @Test
  void aProgramWhoseSupervisorWasKilledIsAdopted() throws IOException {
    UnitSpec sleeper = UnitSpec.always("sleeper", List.of("sleep", "600"));
    units.ensure(sleeper);
    UnitStatus before = units.status("sleeper");
    String words = Files.readString(places.run().resolve("sleeper/supervisor"));
    long supervisor = Long.parseLong(words.substring(0, words.indexOf(' ')));
    ProcessHandle.of(supervisor).ifPresent(ProcessHandle::destroyForcibly);
    eventually(SOON, "the supervisor is gone", () -> ProcessTable.startTicks(supervisor).isEmpty());
    assertEquals(Units.Outcome.UNCHANGED, units.ensure(sleeper));
    assertEquals(before, units.status("sleeper"));
    crash("sleeper");
    eventually(SOON, "the new supervisor restarts it", () -> units.status("sleeper").running());
  }

  @Test
  void aProgramThatCrashedHasOneSupervisorHoweverOftenItIsStarted() throws Exception {
    units.ensure(UnitSpec.always("sleeper", List.of("sleep", "600")));
    UnitStatus before = units.status("sleeper");
    crash("sleeper");
    eventually(
        SOON,
        "it runs again",
        () -> units.status("sleeper").running() && !before.equals(units.status("sleeper")));
    String first = supervisor();
    ProcessBuilder second = new ProcessBuilder(SCRIPT.toString(), "sleeper");
    second.environment().put("TEMPS_UNITS", places.units().toString());
    second.environment().put("TEMPS_UNITS_RUN", places.run().toString());
    second.environment().put("TEMPS_UNITS_LOG", places.logs().toString());
    Process start =
        second
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("second.log").toFile())
            .start();
    assertTrue(start.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), "a second one leaves at once");
    assertEquals(0, start.exitValue());
    assertEquals(first, supervisor());
  }

  private String supervisor() throws IOException {
    return Files.readString(places.run().resolve("sleeper/supervisor"));
  }

  @Test
  void argumentsAndVariablesArriveUnchanged() {
    UnitSpec printer =
        new UnitSpec(
            "printer",
            List.of(
                "sh",
                "-c",
                "printf '%s|%s\\n' \"$1\" \"$TRICKY\"; exec sleep 600",
                "sh",
                " $(id) ; *"),
            Map.of("TRICKY", "a\\b \"$HOME\" `id` 'q'"),
            UnitSpec.Restart.always,
            root);
    units.ensure(printer);
    eventually(
        SOON,
        "both are printed as they are",
        () -> log("printer").contains(" $(id) ; *|a\\b \"$HOME\" `id` 'q'"),
        () -> log("printer"));
  }

  @Test
  void secretsInTheEnvironmentAreReadableByTheirOwnerOnly() throws IOException {
    units.ensure(
        new UnitSpec(
            "sleeper",
            List.of("sleep", "600"),
            Map.of("TOKEN", "hush"),
            UnitSpec.Restart.always,
            root));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(places.units().resolve("sleeper/env")));
  }

  @Test
  void aProgramThatIsDoneIsNotStartedAgainWhenOnlyFailuresAre() {
    units.ensure(
        new UnitSpec(
            "printer",
            List.of("sh", "-c", "sleep 0.3; echo once"),
            Map.of(),
            UnitSpec.Restart.onFailure,
            root));
    eventually(SOON, "it says it is done", () -> log("printer").contains("is done"));
    assertEquals(1, log("printer").lines().filter("once"::equals).count());
  }

  @Test
  void aProgramThatIsNotThereIsNamedInTheLogAndTriedAgain() {
    try {
      units.ensure(UnitSpec.always("printer", List.of("/no/such/program")));
    } catch (ProblemException e) {
      assertEquals("unit-not-started", e.problem().type());
    }
    eventually(
        SOON,
        "the log names it, and the next try",
        () -> log("printer").contains("/no/such/program") && log("printer").contains("again"),
        () -> log("printer"));
  }

  @Test
  void lineBreaksInArgumentsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> UnitSpec.always("printer", List.of("a\nb")));
  }

  private String log(String name) {
    try {
      return Files.readString(places.logs().resolve(name + ".log"));
    } catch (IOException e) {
      return "";
    }
  }
}
