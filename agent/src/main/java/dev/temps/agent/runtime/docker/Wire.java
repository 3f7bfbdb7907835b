package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.kit.Time;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One connection to the engine's socket with a watch on it: without progress for the limit it is
 * closed, which ends every waiting call. One thread reads, one writes, any thread closes.
 */
final class Wire implements Closeable {
  private static final int LINE_BYTES_MAX = 16 << 10;

  private final SocketChannel channel;
  private final Time time;
  private final ByteBuffer buffer = ByteBuffer.allocate(8 << 10).flip();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Duration limit;
  private volatile Duration progress;
  private volatile boolean expired;

  private Wire(SocketChannel channel, Time time, Duration limit) {
    this.channel = channel;
    this.time = time;
    this.limit = limit;
    this.progress = time.elapsed();
  }

  /** Connects. */
  static Wire open(Path socket, Time time, Duration limit) {
    try {
      Wire wire = new Wire(SocketChannel.open(UnixDomainSocketAddress.of(socket)), time, limit);
      Thread.ofVirtual().name("engine-watch").start(wire::watch);
      return wire;
    } catch (ClosedByInterruptException e) {
      throw new EngineException(Kind.interrupted, "interrupted", e);
    } catch (IOException e) {
      throw new EngineException(
          Kind.unreachable,
          "Docker isn't answering on " + socket + " (" + e.getMessage() + "); is it running?",
          e);
    }
  }

  /** From now on this long without a byte is too long. */
  void limit(Duration longest) {
    limit = longest;
    progress = time.elapsed();
  }

  private void watch() {
    try {
      Duration left = limit;
      while (left.isPositive()) {
        if (closed.await(left.toMillis() + 1, TimeUnit.MILLISECONDS)) {
          return;
        }
        left = limit.minus(time.elapsed().minus(progress));
      }
      expired = true;
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void write(byte[] bytes) {
    try {
      ByteBuffer out = ByteBuffer.wrap(bytes);
      while (out.hasRemaining()) {
        channel.write(out);
        progress = time.elapsed();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Sends end of file; reading goes on. */
  void endOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Number of bytes that can be read without waiting. */
  int buffered() {
    return buffer.remaining();
  }

  /** Reads at least one byte unless at the end, which is −1. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(into, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    buffer.clear();
    int count = -1;
    try {
      count = channel.read(buffer);
    } finally {
      buffer.flip();
    }
    progress = time.elapsed();
    return count > 0;
  }

  /** A line without its end. */
  String line() throws IOException {
    byte[] line = new byte[256];
    int length = 0;
    while (fill()) {
      byte next = buffer.get();
      if (next == '\n') {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.ISO_8859_1);
      }
      if (length == LINE_BYTES_MAX) {
        throw new IOException("the engine sent a header line of more than 16 KiB");
      }
      if (length == line.length) {
        line = java.util.Arrays.copyOf(line, length * 2);
      }
      line[length++] = next;
    }
    throw new EOFException("the engine closed the connection");
  }

  /** The rest of the connection as a stream. */
  InputStream rest() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return Wire.this.read(into, offset, length);
      }

      @Override
      public int available() {
        return buffered();
      }
    };
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** The failure of a call on this connection in our words. */
  EngineException failed(IOException e) {
    if (expired) {
      return new EngineException(
          Kind.slow, "Docker sent nothing for " + limit.toSeconds() + " s", e);
    }
    if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      return new EngineException(Kind.interrupted, "interrupted", e);
    }
    return new EngineException(
        Kind.unreachable, "the connection to Docker was lost (" + e.getMessage() + ")", e);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
