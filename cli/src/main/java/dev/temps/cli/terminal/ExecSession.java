package dev.temps.cli.terminal;

import dev.temps.cli.Io;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecMessage.Size;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One command on another machine: carries input there, output back, and the exit code. */
public final class ExecSession {
  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PING_PERIOD = Duration.ofSeconds(20);
  private static final Duration SIZE_PERIOD = Duration.ofMillis(500);
  private static final int CHUNK_BYTES = 8192;

  /** Opens the WebSocket. */
  @FunctionalInterface
  public interface Opener {
    /** With the listener that takes what comes. */
    WebSocket open(WebSocket.Listener listener) throws InterruptedException;
  }

  private final Io io;
  private @Nullable WebSocket socket;

  /** A session between this terminal and a command elsewhere. */
  public ExecSession(Io io) {
    this.io = io;
  }

  /**
   * Runs the command to its end.
   *
   * @param first makes the first message, which says what to run, for a terminal of that size
   * @param tty the terminal it gets; null: none
   * @return the command's exit code
   */
  public int run(Opener opener, Function<Size, String> first, @Nullable Tty tty)
      throws InterruptedException {
    ExecOutput output = new ExecOutput(io.out(), io.err());
    socket = opener.open(output);
    Size size = tty == null ? new Size(0, 0) : tty.size();
    text(first.apply(size));
    Thread.ofVirtual().name("exec-input").start(this::input);
    if (tty != null) {
      Thread.ofVirtual().name("exec-size").start(() -> sizes(tty, size));
    }
    ExecMessage end = await(output);
    Integer exit = end.exit();
    if (exit != null) {
      return exit;
    }
    throw Problem.of(
            "exec-failed",
            502,
            "The command could not be run, or its end was not seen.",
            String.valueOf(end.error()),
            "")
        .raise();
  }

  /**
   * The same, with this machine's terminal when there is one to give.
   *
   * @param terminal whether the command gets it
   */
  public int run(Opener opener, Function<Size, String> first, boolean terminal)
      throws InterruptedException {
    if (!terminal) {
      return run(opener, first, null);
    }
    try (Tty tty = Tty.raw()) {
      return run(opener, first, tty);
    }
  }

  /** Pings meanwhile: a connection that died in silence ends the wait. */
  private ExecMessage await(ExecOutput output) throws InterruptedException {
    while (true) {
      try {
        return output.end().get(PING_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        ping();
      } catch (ExecutionException e) {
        return ExecMessage.error("The connection broke: " + e.getCause());
      }
    }
  }

  private void input() {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      for (int n = io.in().read(chunk); n >= 0; n = io.in().read(chunk)) {
        binary(ByteBuffer.wrap(chunk, 0, n));
      }
      text(Json.write(ExecMessage.endOfInput()));
    } catch (IOException | UncheckedIOException e) {
      System.getLogger(ExecSession.class.getName())
          .log(System.Logger.Level.DEBUG, "input ended: {0}", e.getMessage());
    }
  }

  /** Polled, because the JVM has no way to be told of SIGWINCH. */
  private void sizes(Tty tty, Size first) {
    Size last = first;
    try {
      while (true) {
        io.time().pause(SIZE_PERIOD);
        Size now = tty.size();
        if (!now.equals(last)) {
          text(Json.write(ExecMessage.resize(now.columns(), now.rows())));
          last = now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void text(String message) {
    sent(open().sendText(message, true));
  }

  private synchronized void binary(ByteBuffer bytes) {
    sent(open().sendBinary(bytes, true));
  }

  private synchronized void ping() {
    sent(open().sendPing(ByteBuffer.allocate(0)));
  }

  private WebSocket open() {
    if (socket == null) {
      throw new IllegalStateException("not open yet");
    }
    return socket;
  }

  private static void sent(java.util.concurrent.CompletableFuture<WebSocket> sending) {
    try {
      sending.get(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UncheckedIOException(new IOException("sending failed", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
