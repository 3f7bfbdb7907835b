package dev.temps.agent.api;

import dev.temps.kit.Time;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a log over the wire. A quiet log that is followed gets an empty line every ten seconds:
 * how else would we see that the caller has left. Thread-safe.
 */
final class LogCaller {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private final OutputStream out;
  private final Runnable left;
  private @Nullable Thread signs;

  /** A caller at the other end of {@code out}; {@code left} runs when nobody is there any more. */
  LogCaller(OutputStream out, Runnable left) {
    this.out = out;
    this.left = left;
  }

  synchronized void write(String text, boolean flush) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    if (flush) {
      out.flush();
    }
  }

  /** Sends empty lines from now on, until {@link #end}; called once. */
  void showSigns(Time time) {
    signs = Thread.ofVirtual().name("log-signs").start(() -> signs(time));
  }

  /** The log has ended. */
  void end() {
    if (signs != null) {
      signs.interrupt();
    }
  }

  private void signs(Time time) {
    try {
      while (true) {
        time.pause(SIGN_OF_LIFE);
        write("\n", true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the log ended first
    } catch (IOException | UncheckedIOException | CloseConnectionException e) {
      left.run();
    }
  }
}
