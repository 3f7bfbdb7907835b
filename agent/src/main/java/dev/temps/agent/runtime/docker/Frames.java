package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.ExecSession.Chunk;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Output of a container. Without a terminal the engine puts 8 bytes before each piece (stream,
 * three zeros, length); with one it is raw. Not thread-safe.
 */
final class Frames {
  private static final int PIECE_BYTES_MAX = 32 << 10; // longer frames arrive in several chunks
  private static final int STDERR = 2;

  private final InputStream in;
  private final boolean raw;
  private long left; // of the current frame
  private boolean error;

  Frames(InputStream in, boolean raw) {
    this.in = in;
    this.raw = raw;
  }

  /** The next piece, null at the end. */
  @Nullable Chunk next() throws IOException {
    while (!raw && left == 0) {
      byte[] head = in.readNBytes(8);
      if (head.length < 8) {
        return null;
      }
      error = head[0] == STDERR;
      left =
          (head[4] & 0xffL) << 24
              | (head[5] & 0xffL) << 16
              | (head[6] & 0xffL) << 8
              | (head[7] & 0xffL);
    }
    byte[] bytes = new byte[(int) Math.min(PIECE_BYTES_MAX, raw ? PIECE_BYTES_MAX : left)];
    int count = in.read(bytes, 0, bytes.length);
    if (count < 0) {
      return null;
    }
    left -= raw ? 0 : count;
    return new Chunk(error, count == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, count));
  }

  boolean ready() throws IOException {
    return in.available() > 0;
  }
}
