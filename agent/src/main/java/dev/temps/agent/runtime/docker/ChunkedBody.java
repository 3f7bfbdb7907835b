package dev.temps.agent.runtime.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in HTTP/1.1 chunks. */
final class ChunkedBody extends InputStream {
  private final Wire wire;
  private long left; // of the current chunk
  private boolean started;
  private boolean ended;

  ChunkedBody(Wire wire) {
    this.wire = wire;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = wire.read(into, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the engine closed the connection in the middle of an answer");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (started) {
      wire.line();
    }
    started = true;
    String size = wire.line().replaceFirst(";.*", "").strip();
    if (!size.matches("[0-9a-fA-F]{1,12}")) {
      throw new IOException("this is no chunk of HTTP");
    }
    left = Long.parseLong(size, 16);
    ended = left == 0;
  }

  @Override
  public int available() {
    return (int) Math.min(left, wire.buffered());
  }
}
