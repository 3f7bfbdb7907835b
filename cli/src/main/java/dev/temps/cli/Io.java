package dev.temps.cli;

import dev.temps.kit.Time;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything of the outside a command may touch, so that a test can be the outside.
 *
 * @param out what was asked for, and nothing else
 * @param err progress, questions and problems
 * @param in what the person types or pipes in
 * @param env the environment's variables
 * @param terminal whether a person sits at both {@code in} and {@code err}
 * @param home the person's home folder
 */
public record Io(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> env,
    boolean terminal,
    Path home,
    Time time) {

  public Io {
    env = Map.copyOf(env);
  }

  /** This process's own. */
  public static Io system() {
    return new Io(
        System.out,
        System.err,
        System.in,
        System.getenv(),
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false),
        Path.of(System.getProperty("user.home", "/root")),
        Time.system());
  }

  /** A variable of the environment; an empty one counts as absent. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(env.get(name)).filter(v -> !v.isBlank());
  }

  /** Whether output may be coloured: a person watches and has not said NO_COLOR. */
  public boolean colour() {
    return terminal && variable("NO_COLOR").isEmpty() && !"dumb".equals(env.get("TERM"));
  }

  /** Shows a line of progress. */
  public void progress(String line) {
    err.println(line);
    err.flush();
  }
}
