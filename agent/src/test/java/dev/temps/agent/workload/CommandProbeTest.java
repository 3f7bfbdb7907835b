package dev.temps.agent.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command in a container says whether it can serve. */
class CommandProbeTest {
  private final FakeRuntime engine = new FakeRuntime(Time.system());
  private final CommandProbe probe = new CommandProbe(engine, Time.system());

  @BeforeEach
  void aContainerRuns() {
    engine.offerImage(Specs.IMAGE, "amd64", null);
    engine.pull(Specs.IMAGE, null, _ -> {});
    engine.create(
        new ContainerSpec(
            "c-1", Specs.IMAGE, List.of(), null, Map.of(), null, false, 0, 0, List.of()));
    engine.start("c-1");
  }

  private Optional<String> asked(String... command) {
    return probe.trouble("c-1", List.of(command), Duration.ofSeconds(5));
  }

  @Test
  void endingWithZeroIsHealth() {
    assertEquals(Optional.empty(), asked("echo", "fine"));
  }

  @Test
  void anyOtherEndIsTroubleAndWhatItPrintedStaysUnsaid() {
    Optional<String> trouble = asked("sh", "-c", "echo h1dd3n; exit 3");
    assertEquals(Optional.of("the health command ended with 3"), trouble);
    assertFalse(trouble.toString().contains("h1dd3n"));
  }

  @Test
  void oneThatDoesNotEndIsEnded() {
    assertEquals(
        Optional.of("the health command did not end within 1 s"),
        probe.trouble("c-1", List.of("sleep", "60"), Duration.ofSeconds(1)));
  }
}
