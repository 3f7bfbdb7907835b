package dev.temps.control.store;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's data directory (0700), locked while this object is open so that two control
 * planes never share one. The lock goes with the process, also by {@code kill -9}.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the directory when it is missing, and locks it.
   *
   * @throws ProblemException 409 when another control plane has it, 503 when it can't be written
   */
  public static DataDirectory lock(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel) == null) {
        channel.close();
        throw Problem.conflict(
                "data-directory-in-use",
                "Another control plane is running on this data directory.",
                path.toString(),
                "Use it (temps status), stop it (temps serve --stop), or give another --data-dir.")
            .raise();
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              "data-directory-unusable",
              503,
              "The data directory can't be used.",
              path + ": " + e.getMessage(),
              "Run as root, or give a --data-dir that this user may write to."),
          e);
    }
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  /** The directory itself. */
  public Path path() {
    return path;
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(DataDirectory.class.getName())
          .log(System.Logger.Level.WARNING, "the lock on " + path + " did not close: " + e);
    }
  }
}
