package dev.temps.cli.terminal;

import dev.temps.contract.agent.ExecMessage.Size;
import dev.temps.kit.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The terminal in raw mode: every key goes to the other side, nothing is echoed here. {@link
 * #close} puts it back, and so does the end of this process. Not thread-safe, but for {@link
 * #size}.
 */
public final class Tty implements AutoCloseable {
  private static final File DEVICE = new File("/dev/tty");
  private static final Size USUAL = new Size(80, 24);
  private static final int TIMEOUT_SECONDS = 5;

  private final String before;
  private final Thread atExit;

  private Tty(String before) {
    this.before = before;
    this.atExit = Thread.ofPlatform().unstarted(this::restore);
  }

  /** Takes the terminal over. */
  public static Tty raw() {
    Tty tty = new Tty(stty("-g").strip());
    Runtime.getRuntime().addShutdownHook(tty.atExit);
    stty("raw", "-echo");
    return tty;
  }

  /** Its size now; 80 × 24 when it doesn't say. */
  public Size size() {
    String[] words = stty("size").strip().split(" ", -1);
    if (words.length == 2 && words[0].matches("[1-9]\\d*") && words[1].matches("[1-9]\\d*")) {
      return new Size(Integer.parseInt(words[1]), Integer.parseInt(words[0]));
    }
    return USUAL;
  }

  @Override
  public void close() {
    restore();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void restore() {
    stty(before);
  }

  private static String stty(String... arguments) {
    List<String> argv = new ArrayList<>(List.of("stty"));
    argv.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(argv).redirectInput(DEVICE).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw Problem.of("no-terminal", 400, "The terminal can't be set up.", "", "Give -T.")
            .raise();
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
