package dev.temps.agent.traffic;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * One app's access log: lines as HAProxy wrote them, in a file that is put aside when it is full;
 * the one that was aside before goes. More lines than a second may have are counted and told by a
 * remark among the lines. For one thread.
 */
final class AccessFile {
  /** What a remark begins with; no request's line does. */
  static final byte REMARK = '#';

  private static final Logger LOG = System.getLogger(AccessFile.class.getName());
  private static final long SECOND = 1_000;

  private final Path path;
  private final AccessShelf shelf;
  private final Allowance allowance;
  private @Nullable FileOutputStream out;
  private long size;
  private boolean broken;

  /** Not opened yet. */
  AccessFile(Path path, AccessShelf shelf) {
    this.path = path;
    this.shelf = shelf;
    this.allowance = new Allowance(shelf.limits().linesOfApp());
  }

  /** Where the lines of before are. */
  static Path aside(Path path) {
    return path.resolveSibling(path.getFileName() + ".1");
  }

  /** Adds a line with its line feed, of a request that ended at that time. */
  void write(long atMillis, byte[] bytes, int from, int to) {
    long second = atMillis / SECOND;
    if (!allowance.take(second) || !shelf.lines().take(second)) {
      allowance.refuse();
      return;
    }
    long missing = allowance.toTell();
    try {
      if (missing > 0) {
        byte[] remark = remark(atMillis, missing).getBytes(StandardCharsets.US_ASCII);
        append(remark, 0, remark.length);
      }
      append(bytes, from, to);
      broken = false;
    } catch (IOException e) {
      if (!broken) {
        LOG.log(Level.WARNING, "the access log " + path + " can't be written: " + e.getMessage());
      }
      broken = true;
      close();
    }
  }

  private static String remark(long atMillis, long missing) {
    return "%c%d %d requests before this one are counted, but not written here%n"
        .formatted(REMARK, atMillis, missing);
  }

  private void append(byte[] bytes, int from, int to) throws IOException {
    FileOutputStream file = out;
    if (file != null && size + to - from > shelf.limits().bytesOfFile()) {
      close();
      Files.move(path, aside(path), StandardCopyOption.REPLACE_EXISTING);
      file = null;
    }
    if (file == null) {
      file = open();
    }
    file.write(bytes, from, to - from);
    size += to - from;
  }

  private FileOutputStream open() throws IOException {
    shelf.makeRoom();
    FileOutputStream file = new FileOutputStream(path.toFile(), true);
    out = file;
    size = Files.size(path);
    return file;
  }

  /** Closes it; the next line opens it again. */
  void close() {
    FileOutputStream file = out;
    out = null;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "closing " + path, e); // everything was written before
      }
    }
  }
}
