package dev.temps.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void givesOutputAndExitCode() {
    Command.Result result = Command.run(LIMIT, "cat", "/does-not-exist");
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("/does-not-exist"));
    assertFalse(result.ok());
  }

  @Test
  void argumentsAreNeverAShellLine() {
    assertEquals("$(id); `id`\n", Command.run(LIMIT, "echo", "$(id); `id`").out());
  }

  @Test
  void inputReachesTheProgram() {
    assertEquals("secret", Command.run(List.of("cat"), "secret", LIMIT).out());
  }

  @Test
  void aProgramThatHangsIsEnded() {
    assertEquals(124, Command.run(Duration.ofMillis(200), "sleep", "60").exit());
  }

  @Test
  void aProgramThatIsNotThereIsSaidInTheResult() {
    Command.Result result = Command.run(LIMIT, "no-such-program-here");
    assertEquals(127, result.exit());
    assertTrue(result.err().contains("no-such-program-here"));
  }
}
