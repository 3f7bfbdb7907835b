package dev.temps.agent.traffic;

import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RequestLogged;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Reads one app's access log: what is in its two files and, while following, what is written from
 * then on, also into the next file. A line that is not written whole waits for its end. One thread
 * reads; any thread may close.
 */
public final class AccessReader implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final String STREAM = "access";
  private static final int BLOCK = 16 * 1024; // many lines, each at most 2 KiB

  private final Path path;
  private final long sinceMillis;
  private final boolean follow;
  private final Time time;
  private final Deque<FileChannel> open = new ConcurrentLinkedDeque<>();
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK).flip();
  private final RequestLine request = new RequestLine();
  private @Nullable Object newest; // which file the last channel reads
  private volatile boolean closed;

  /**
   * The log in that file and the one aside of it.
   *
   * @param tail so many lines from the end, −1 for all
   * @param sinceMillis only requests that ended then or later
   */
  AccessReader(Path path, int tail, long sinceMillis, boolean follow, Time time)
      throws IOException {
    this.path = path;
    this.sinceMillis = sinceMillis;
    this.follow = follow;
    this.time = time;
    newest = begin(path);
    if (!Objects.equals(key(AccessFile.aside(path)), newest)) { // else it was put aside just now
      begin(AccessFile.aside(path));
      if (open.size() > 1) {
        open.add(open.remove()); // the older one first
      }
    }
    if (tail >= 0) {
      skipTo(tail);
    }
  }

  /** Opens a file, if it is there; which one it is. */
  private @Nullable Object begin(Path file) throws IOException {
    while (true) {
      Object before = key(file);
      if (before == null) {
        return null;
      }
      FileChannel channel = FileChannel.open(file);
      if (before.equals(key(file))) {
        open.add(channel);
        return before;
      }
      channel.close(); // another file took its name in between
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void skipTo(int tail) throws IOException {
    long left = tail;
    for (Iterator<FileChannel> each = open.descendingIterator(); each.hasNext(); ) {
      left -= LastLines.skipTo(each.next(), left);
    }
  }

  /** The next line; waits while following. Null at the end or once closed. */
  public @Nullable LogLine next() throws IOException, InterruptedException {
    try {
      while (!closed) {
        LogLine line = buffered();
        if (line != null) {
          return line;
        }
        if (!fill()) {
          if (!follow) {
            return null;
          }
          time.pause(LOOK);
        }
      }
      return null;
    } catch (ClosedChannelException e) {
      return null; // closed while it read
    }
  }

  /** Whether a further line is likely there without waiting. */
  public boolean ready() {
    return end() >= 0;
  }

  private int end() {
    for (int i = block.position(); i < block.limit(); i++) {
      if (block.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** The next wanted line of those that were read already. */
  private @Nullable LogLine buffered() {
    for (int end = end(); end >= 0; end = end()) {
      int from = block.position();
      block.position(end + 1);
      LogLine line = line(from, end);
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  /** Reads on; false when there is nothing more for now. */
  private boolean fill() throws IOException {
    boolean last = open.size() <= 1;
    boolean another = follow && last && !Objects.equals(key(path), newest); // asked before reading
    block.compact();
    if (!block.hasRemaining()) {
      block.clear(); // no line of ours is that long
    }
    FileChannel file = open.peek();
    int read = file == null ? -1 : file.read(block);
    block.flip();
    if (read > 0) {
      return true;
    }
    if (last && !another) {
      return false;
    }
    if (file != null) {
      open.remove();
      file.close();
    }
    block.position(block.limit()); // a line that was never ended
    if (another) {
      newest = begin(path);
    }
    return !open.isEmpty();
  }

  private @Nullable LogLine line(int from, int to) {
    byte[] bytes = block.array();
    if (bytes[from] == AccessFile.REMARK) {
      return remark(new String(bytes, from + 1, to - from - 1, StandardCharsets.US_ASCII));
    }
    if (!request.read(bytes, from, to) || request.at() < sinceMillis) {
      return null;
    }
    RequestLogged said = request.request();
    return new LogLine(request.time(), STREAM, "", RequestText.of(said), said);
  }

  /** A remark is a time, a space and words. */
  private @Nullable LogLine remark(String text) {
    String[] parts = text.split(" ", 2);
    if (parts.length < 2 || !parts[0].matches("[0-9]{1,15}")) {
      return null;
    }
    long at = Long.parseLong(parts[0]);
    return at < sinceMillis
        ? null
        : LogLine.printed(Instant.ofEpochMilli(at).toString(), STREAM, "", "(" + parts[1] + ")");
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (FileChannel channel : open) {
      channel.close();
    }
  }
}
