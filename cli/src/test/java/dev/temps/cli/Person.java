package dev.temps.cli;

import dev.temps.kit.testing.FakeTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Someone who types commands, and what they then see. The clock stands still at {@link #NOW}. */
public final class Person {
  /** A moment in which the test's certificates are valid. */
  public static final Instant NOW = TestCa.one().ca().getNotBefore().toInstant();

  private final Map<String, String> env = new HashMap<>();
  private final Path home;
  private final FakeTime time = new FakeTime(NOW);
  private String input = "";
  private boolean terminal;

  /** With this home folder. */
  public Person(Path home) {
    this.home = home;
  }

  /** What they see. */
  public record Seen(int exit, String out, String err) {}

  /** Logged in by the environment's variables. */
  public Person at(FakeControl control) {
    env.put("TEMPS_URL", control.url());
    env.put("TEMPS_TOKEN", "secret-token");
    env.put("TEMPS_CA_PIN", control.ca().pin());
    return this;
  }

  /** With a variable of the environment. */
  public Person env(String name, String value) {
    env.put(name, value);
    return this;
  }

  /** Who types or pipes this in. */
  public Person types(String text) {
    input = text;
    return this;
  }

  /** Who sits at a terminal. */
  public Person atTerminal() {
    terminal = true;
    return this;
  }

  /** Milliseconds since the epoch, so long ago. */
  public static long ago(Duration length) {
    return NOW.minus(length).toEpochMilli();
  }

  /** The outside as a command sees it. */
  public Io io(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Io(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        env,
        terminal,
        home,
        time);
  }

  /** Runs {@code temps} with these words. */
  public Seen runs(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = TempsCli.run(io(out, err), List.of(), words);
    return new Seen(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
