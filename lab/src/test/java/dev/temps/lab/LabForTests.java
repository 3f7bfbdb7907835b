package dev.temps.lab;

import dev.temps.kit.Time;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.LabPreflight;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Labs whose names no other test run on this host uses. */
final class LabForTests {
  static final Duration SHORT = Duration.ofSeconds(20);

  private LabForTests() {}

  /** A wish for a lab; aborts the test, visibly, where no lab can be made. */
  static LabSpec spec(String name) {
    List<LabPreflight.Finding> missing = new LabPreflight(new Host(Time.system())).findings();
    Assumptions.assumeTrue(missing.isEmpty(), () -> "this host can't carry a lab: " + missing);
    return LabSpec.named("t" + ProcessHandle.current().pid() + "-" + name).withMemory(512L << 20);
  }

  /** Runs a script of the test's own in a machine and returns what it printed. */
  static String sh(Machine machine, String script) {
    return machine.script(script, SHORT).must(script).strip();
  }

  /** Whether one machine reaches another. */
  static boolean pings(Machine from, Machine to) {
    return from.exec(List.of("ping", "-c", "1", "-W", "1", to.address()), SHORT).ok();
  }
}
