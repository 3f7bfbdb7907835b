package dev.temps.agent.ingress;

import dev.temps.kit.Command;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** HAProxy through its command line and its command socket. */
final class HaproxyProgram implements Haproxy {
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
  private static final int LINE_CHARS_MAX = 8_000; // a command line must fit its 16 KiB buffer
  private static final int SHOWN_MAX = 400;

  private final Path socket;

  HaproxyProgram(Path socket) {
    this.socket = socket;
  }

  @Override
  public @Nullable String check(Path config) {
    Command.Result result =
        Command.run(CHECK_LIMIT, "haproxy", "-c", "-q", "-f", config.toString());
    if (result.ok()) {
      return null;
    }
    if (result.exit() == 127) {
      return "the program haproxy can't be run: install the package haproxy, 2.6 or later";
    }
    String said = result.err().strip();
    return said.substring(0, Math.min(said.length(), SHOWN_MAX));
  }

  @Override
  public Optional<Live> live() {
    try {
      String fingerprint = HaproxyState.description(ask("show info"));
      return Optional.of(
          new Live(
              fingerprint,
              HaproxyState.servers(ask("show servers state"), ask("show servers conn"))));
    } catch (IOException e) {
      return Optional.empty(); // it is starting, stopping, or not there
    }
  }

  @Override
  public void command(List<String> commands) {
    try {
      StringBuilder line = new StringBuilder();
      for (String command : commands) {
        if (line.length() + command.length() > LINE_CHARS_MAX) {
          ask(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : "; ").append(command);
      }
      if (!line.isEmpty()) {
        ask(line.toString());
      }
    } catch (IOException e) {
      // The caller looks at the outcome, and finds that nothing answers.
      System.getLogger(HaproxyProgram.class.getName())
          .log(System.Logger.Level.DEBUG, "HAProxy did not take a command", e);
    }
  }

  /** One line, one answer; a worker that hangs is given up after three seconds. */
  private String ask(String line) throws IOException {
    // The channel is closed before the pool, which ends a read that still waits.
    try (var pool = Executors.newVirtualThreadPerTaskExecutor();
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      var answer = pool.submit(() -> exchange(channel, line));
      return answer.get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("HAProxy does not answer at " + socket, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking HAProxy", e);
    }
  }

  private static String exchange(SocketChannel channel, String line) throws IOException {
    channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    byte[] answer = Channels.newInputStream(channel).readAllBytes();
    return new String(answer, StandardCharsets.UTF_8);
  }
}
