package dev.temps.agent.snapshot;

import dev.temps.contract.agent.SnapshotHeld;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps the last snapshots in a folder (0700, files 0600). Thread-safe. */
public final class SnapshotShelf {
  private static final String SUFFIX = ".snapshot";
  private static final Pattern NAME = Pattern.compile("e([0-9]{6,18})-([0-9]{15,18})\\.snapshot");
  private static final int KEPT = 3;
  private static final int PART_BYTES = 64 << 10;

  private final Path folder;
  private final long bytesMax;

  /** A shelf that takes files of at most that many bytes; the folder is made when needed. */
  public SnapshotShelf(Path folder, long bytesMax) {
    this.folder = folder;
    this.bytesMax = bytesMax;
  }

  /**
   * Keeps a snapshot, durably, and drops the oldest beyond three. Names sort by epoch and time.
   *
   * @throws ProblemException 413 when it is too large, 507 when it can't be written; what was there
   *     stays
   */
  public synchronized void keep(long epoch, long takenAtMillis, InputStream content) {
    Path file = path(epoch, takenAtMillis);
    Path fresh = folder.resolve("incoming");
    try {
      make();
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      copy(content, fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
        entry.force(true);
      }
      List<Path> all = list();
      for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
        Files.delete(old);
      }
    } catch (IOException e) {
      drop(fresh);
      throw new ProblemException(
          Problem.of(
              "snapshot-not-kept",
              507,
              "The snapshot could not be kept.",
              folder + ": " + e.getMessage(),
              "Make room on that disk; the next minute tries again."),
          e);
    }
  }

  private Path path(long epoch, long takenAtMillis) {
    return folder.resolve("e%06d-%015d%s".formatted(epoch, takenAtMillis, SUFFIX));
  }

  private void make() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private void copy(InputStream content, Path into) throws IOException {
    long left = bytesMax;
    byte[] part = new byte[PART_BYTES];
    try (FileChannel out = FileChannel.open(into, StandardOpenOption.WRITE)) {
      for (int n = content.read(part); n >= 0; n = content.read(part)) {
        left -= n;
        if (left < 0) {
          drop(into);
          throw Problem.of(
                  "snapshot-too-large",
                  413,
                  "The snapshot is too large to be kept here.",
                  "At most " + (bytesMax >> 20) + " MiB are taken.",
                  "Take snapshots to a file: temps backup create")
              .raise();
        }
        ByteBuffer bytes = ByteBuffer.wrap(part, 0, n);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
  }

  private static void drop(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(SnapshotShelf.class.getName())
          .log(System.Logger.Level.WARNING, file + " is left over: " + e);
    }
  }

  /** What is kept, newest first. */
  public synchronized List<Path> list() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(SUFFIX))
          .sorted(Comparator.comparing((Path f) -> f.getFileName().toString()).reversed())
          .toList();
    }
  }

  /** What is kept, newest first, as others are told of it. */
  public synchronized List<SnapshotHeld> held() throws IOException {
    List<SnapshotHeld> held = new ArrayList<>();
    for (Path file : list()) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        held.add(
            new SnapshotHeld(
                Long.parseLong(name.group(1)), Long.parseLong(name.group(2)), Files.size(file)));
      }
    }
    held.sort(SnapshotHeld.BY_AGE.reversed());
    return held;
  }

  /** The file of one that is kept; empty when it is not, or not any more. */
  public synchronized Optional<Path> file(long epoch, long takenAtMillis) {
    return Optional.of(path(epoch, takenAtMillis)).filter(Files::isRegularFile);
  }
}
