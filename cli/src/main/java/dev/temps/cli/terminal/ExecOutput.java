package dev.temps.cli.terminal;

import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import java.io.PrintStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes a command's output apart as it comes. Called by one thread at a time, as the JDK does. */
final class ExecOutput implements WebSocket.Listener {
  private static final int STDERR = 2;

  private final CompletableFuture<ExecMessage> end = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final PrintStream out;
  private final PrintStream err;
  private boolean messageStarts = true;
  private boolean toErr;

  ExecOutput(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** The last message: an exit code or what went wrong. */
  CompletableFuture<ExecMessage> end() {
    return end;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    if (messageStarts && data.hasRemaining()) {
      toErr = data.get() == STDERR;
      messageStarts = false;
    }
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    PrintStream to = toErr ? err : out;
    to.write(bytes, 0, bytes.length);
    to.flush();
    messageStarts = messageStarts || last;
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      message(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  private void message(String document) {
    try {
      ExecMessage message = Json.read(ExecMessage.class, document);
      if (message.exit() != null || message.error() != null) {
        end.complete(message);
      }
    } catch (ProblemException e) {
      end.complete(ExecMessage.error(e.problem().line()));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    end.complete(
        ExecMessage.error(
            reason.isBlank() ? "The connection was closed before the command ended." : reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    end.completeExceptionally(error);
  }
}
