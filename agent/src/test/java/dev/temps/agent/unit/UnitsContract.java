package dev.temps.agent.unit;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Units} promises. */
abstract class UnitsContract {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final UnitSpec SLEEPER = UnitSpec.always("sleeper", List.of("sleep", "600"));

  abstract Units units();

  /** Ends the program as a failure would. */
  abstract void crash(String name);

  @Test
  void anEnsuredUnitRuns() {
    assertEquals(Units.Outcome.STARTED, units().ensure(SLEEPER));
    assertTrue(units().status("sleeper").running());
  }

  @Test
  void anUnchangedRunningUnitIsLeftAlone() {
    units().ensure(SLEEPER);
    UnitStatus before = units().status("sleeper");
    assertEquals(Units.Outcome.UNCHANGED, units().ensure(SLEEPER));
    assertEquals(before, units().status("sleeper"));
  }

  @Test
  void aChangedUnitIsRestarted() {
    units().ensure(SLEEPER);
    UnitStatus before = units().status("sleeper");
    UnitSpec changed =
        new UnitSpec(
            "sleeper",
            List.of("sleep", "601"),
            Map.of("GREETING", "a \"b\" $HOME 'c'"),
            UnitSpec.Restart.always,
            Path.of("/"));
    assertEquals(Units.Outcome.RESTARTED, units().ensure(changed));
    assertTrue(units().status("sleeper").running());
    assertNotEquals(before, units().status("sleeper"));
  }

  @Test
  void aUnitThatEndsIsStartedAgain() {
    units().ensure(SLEEPER);
    UnitStatus before = units().status("sleeper");
    crash("sleeper");
    eventually(
        SOON,
        "it runs again",
        () -> units().status("sleeper").running() && !units().status("sleeper").equals(before));
  }

  @Test
  void aRestartedUnitIsAnotherProcess() {
    units().ensure(SLEEPER);
    UnitStatus before = units().status("sleeper");
    units().restart("sleeper");
    eventually(
        SOON,
        "it is another process",
        () -> units().status("sleeper").running() && !units().status("sleeper").equals(before));
  }

  @Test
  void aStoppedUnitStaysStopped() {
    units().ensure(SLEEPER);
    units().stop("sleeper");
    assertFalse(units().status("sleeper").running());
    units().stop("sleeper");
  }

  @Test
  void aStoppedUnitIsStartedByTheNextEnsure() {
    units().ensure(SLEEPER);
    units().stop("sleeper");
    assertEquals(Units.Outcome.STARTED, units().ensure(SLEEPER));
    assertTrue(units().status("sleeper").running());
  }

  @Test
  void anUnknownUnitIsStoppedAndCanNotBeRestartedOrSignalled() {
    assertFalse(units().status("nobody").running());
    assertThrows(ProblemException.class, () -> units().restart("nobody"));
    assertThrows(ProblemException.class, () -> units().signal("nobody", UnitSignal.HUP));
    units().stop("nobody");
  }
}
