package dev.temps.agent.ingress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.temps.agent.traffic.RequestTaker;
import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * One connection to one worker's ring of lines: first those that are in it, then each new one. For
 * one thread; any thread may close.
 */
final class FeedReader implements AutoCloseable {
  private static final Logger LOG = System.getLogger(FeedReader.class.getName());
  private static final String ASK = "show info;show events " + HaproxyConfig.RING + " -w\n";
  private static final String PID = "Pid: ";
  private static final int BLOCK = 16 * 1024;
  private static final Duration BREATH = Duration.ofMillis(20);

  private final SocketChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
  private final Time time;
  private final long worker;
  private volatile Duration heardAt;

  private FeedReader(SocketChannel channel, Time time) throws IOException {
    this.channel = channel;
    this.time = time;
    this.heardAt = time.elapsed();
    this.worker = pid();
  }

  /** The process that would be connected to now; empty when none answers. */
  static OptionalLong worker(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap("show info\n".getBytes(US_ASCII)));
      String info = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
      return info.lines()
          .filter(line -> line.startsWith(PID))
          .mapToLong(line -> Long.parseLong(line.substring(PID.length()).strip()))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty(); // it is starting, stopping, or not there
    }
  }

  /** Connects to whoever is the worker now. */
  static FeedReader open(Path socket, Time time) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    try {
      channel.write(ByteBuffer.wrap(ASK.getBytes(US_ASCII)));
      return new FeedReader(channel, time);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What the worker says of itself comes first and ends with an empty line. */
  private long pid() throws IOException {
    long pid = -1;
    while (true) {
      if (channel.read(block) < 0) {
        throw new IOException("HAProxy closed before it said who it is");
      }
      block.flip();
      for (int end = end(); end >= 0; end = end()) {
        int from = block.position();
        String line = new String(block.array(), from, end - from, US_ASCII);
        block.position(end + 1);
        if (line.startsWith(PID)) {
          pid = Long.parseLong(line.substring(PID.length()).strip());
        }
        if (line.isEmpty()) {
          return pid;
        }
      }
      block.compact();
    }
  }

  private int end() {
    byte[] bytes = block.array();
    for (int i = block.position(); i < block.limit(); i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Which process this is; −1 when it didn't say. */
  long worker() {
    return worker;
  }

  /** How long the worker has said nothing. */
  Duration silent() {
    return time.elapsed().minus(heardAt);
  }

  /**
   * Gives every line to {@code taker} until the connection ends. A busy worker is read in large
   * pieces, fifty times a second.
   */
  void run(RequestTaker taker) throws IOException, InterruptedException {
    give(taker);
    while (true) {
      block.compact();
      if (!block.hasRemaining()) {
        block.clear(); // no line is that long
      }
      int read = channel.read(block);
      boolean full = !block.hasRemaining();
      block.flip();
      if (read < 0) {
        return;
      }
      heardAt = time.elapsed();
      give(taker);
      if (!full) {
        time.pause(BREATH);
      }
    }
  }

  private void give(RequestTaker taker) {
    for (int end = end(); end >= 0; end = end()) {
      int from = block.position();
      block.position(end + 1);
      if (end > from) {
        taker.take(block.array(), from, end);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "leaving HAProxy's worker " + worker, e); // it is left all the same
    }
  }
}
