package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.ExecSession;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Input and output of a process, on a connection taken over from HTTP. */
abstract class StreamedProcess implements ExecSession {
  private static final Duration QUIET = Duration.ofDays(7); // a shell left open over the holidays

  /** The connection. */
  final Reply reply;

  private final Frames frames;

  StreamedProcess(Reply reply, boolean raw) {
    this.reply = reply;
    this.frames = new Frames(reply.body(), raw);
    reply.wire().limit(QUIET);
  }

  @Override
  public @Nullable Chunk read() {
    try {
      return frames.next();
    } catch (IOException e) {
      if (reply.wire().isClosed()) {
        return null; // close() was called while waiting
      }
      throw reply.wire().failed(e);
    }
  }

  @Override
  public void write(byte[] bytes) {
    reply.wire().write(bytes);
  }

  @Override
  public void closeInput() {
    reply.wire().endOutput();
  }
}
