package dev.temps.agent.traffic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Finds the last lines of a file without reading all of it. Stateless. */
final class LastLines {
  private static final int BLOCK = 16 * 1024;

  private LastLines() {}

  /**
   * Sets the channel to the start of its last {@code wanted} lines, or of all when there are fewer.
   *
   * @return how many lines follow
   */
  static long skipTo(FileChannel channel, long wanted) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long found = 0;
    for (long end = channel.size(); end > 0; ) {
      long start = Math.max(0, end - BLOCK);
      block.clear().limit((int) (end - start));
      channel.read(block, start);
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          if (found == wanted) {
            channel.position(start + i + 1);
            return found;
          }
          found++;
        }
      }
      end = start;
    }
    channel.position(0);
    return found;
  }

  /** The time the last line of a file begins with, 0 when it has none. */
  static long newest(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      skipTo(channel, 1);
      ByteBuffer line = ByteBuffer.allocate(RequestLine.LENGTH_MAX);
      int length = channel.read(line);
      return length <= 0 || line.get(0) == AccessFile.REMARK
          ? 0
          : RequestLine.at(line.array(), 0, length);
    }
  }
}
