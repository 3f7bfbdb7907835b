package dev.temps.agent.traffic;

import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of access logs: two files for each app at most, and so much in all. What is too much
 * or too old goes when a file is begun, the longest unwritten first. Files are made and written by
 * one thread; {@link #reader} is for any.
 */
public final class AccessShelf {
  private static final Logger LOG = System.getLogger(AccessShelf.class.getName());
  private static final String END = ".log";
  private static final Duration KEPT = Duration.ofDays(31); // as long as history is

  private final Path folder;
  private final Limits limits;
  private final Allowance lines;
  private final Map<Path, AccessFile> files = new HashMap<>();
  private final Time time;

  /**
   * How much is kept.
   *
   * @param bytesOfFile an app has two
   * @param bytes of all files together
   * @param linesOfApp that are written in a second
   * @param lines of all apps together
   */
  public record Limits(long bytesOfFile, long bytes, int linesOfApp, int lines) {
    private static final long MIB = 1 << 20;

    /** Those of a real node: some 30,000 requests a file. */
    public static Limits standard() {
      return new Limits(8 * MIB, 512 * MIB, 500, 2_000);
    }
  }

  /** A shelf in that folder, which is made when it is needed. */
  public AccessShelf(Path folder, Limits limits, Time time) {
    this.folder = folder;
    this.limits = limits;
    this.lines = new Allowance(limits.lines());
    this.time = time;
  }

  Limits limits() {
    return limits;
  }

  /** What all apps may write together. */
  Allowance lines() {
    return lines;
  }

  /** The log of an app, whose name is fit for a file's. */
  AccessFile file(String app) {
    return files.computeIfAbsent(path(app), path -> new AccessFile(path, this));
  }

  private Path path(String app) {
    return folder.resolve(app + END);
  }

  /** The log of an app as it is now. */
  public AccessReader reader(String app, int tail, long sinceMillis, boolean follow)
      throws IOException {
    return new AccessReader(path(app), tail, sinceMillis, follow, time);
  }

  /** When the last request ended that is written down, milliseconds since the epoch; 0 for none. */
  public long newest() {
    long newest = 0;
    try {
      for (Kept one : kept()) {
        boolean current = one.path().toString().endsWith(END);
        newest = current ? Math.max(newest, LastLines.newest(one.path())) : newest;
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the access logs in " + folder + " can't be read: " + e.getMessage());
    }
    return newest;
  }

  private record Kept(Path path, long size, long writtenAt) {}

  /** Drops what is too old, and then as much as one more file may need. */
  void makeRoom() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    List<Kept> all = kept();
    long size = all.stream().mapToLong(Kept::size).sum();
    long old = time.millis() - KEPT.toMillis();
    for (Kept one : all) {
      if (one.writtenAt() < old || size + limits.bytesOfFile() > limits.bytes()) {
        AccessFile open = files.get(one.path());
        if (open != null) {
          open.close();
        }
        Files.deleteIfExists(one.path());
        size -= one.size();
      }
    }
  }

  /** All files, the longest unwritten first. */
  private List<Kept> kept() throws IOException {
    List<Kept> all = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        var facts = Files.readAttributes(path, BasicFileAttributes.class);
        all.add(new Kept(path, facts.size(), facts.lastModifiedTime().toMillis()));
      }
    } catch (NoSuchFileException e) {
      return List.of(); // no folder: nothing was written yet
    }
    all.sort(Comparator.comparingLong(Kept::writtenAt));
    return all;
  }
}
