package dev.temps.control.backup;

import dev.temps.control.secret.Recovered;
import dev.temps.control.secret.SealedFileDamagedException;
import dev.temps.control.store.Database;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** A snapshot on disk, to be read. Immutable. */
public final class SnapshotFile {
  /** How names of snapshots end. */
  public static final String SUFFIX = ".snapshot";

  private final Path path;
  private final SnapshotHeader header;

  private SnapshotFile(Path path, SnapshotHeader header) {
    this.path = path;
    this.header = header;
  }

  /** Takes one piece out of a snapshot. */
  @FunctionalInterface
  public interface Taker {
    /** Reads {@code content} as far as it likes. */
    void take(String name, InputStream content) throws IOException;
  }

  /**
   * Reads what a snapshot says of itself.
   *
   * @param path of the file, or of a folder: then its newest snapshot
   * @throws dev.temps.kit.ProblemException when it is none, damaged, or of a newer format
   */
  public static SnapshotFile open(Path path) {
    Path file = Files.isDirectory(path) ? newest(path) : path;
    if (!Files.exists(file)) {
      throw SnapshotDamage.none(file);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new SnapshotFile(file, SnapshotFormat.read(file, in).header());
    } catch (IOException e) {
      throw SnapshotDamage.unreadable(file, e);
    }
  }

  private static Path newest(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(SUFFIX))
          .max(Comparator.comparing((Path f) -> f.getFileName().toString()))
          .orElseThrow(() -> SnapshotDamage.none(folder));
    } catch (IOException e) {
      throw SnapshotDamage.unreadable(folder, e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** What it says of itself; true only once {@link #check} has passed. */
  public SnapshotHeader header() {
    return header;
  }

  /**
   * Refuses a snapshot with a store that this program does not understand.
   *
   * @throws dev.temps.kit.ProblemException 409
   */
  public void refuseIfTooNew() {
    if (header.schema() > Database.schema()) {
      throw SnapshotDamage.newerStore(path, header, Database.schema());
    }
  }

  /**
   * Reads all of it and writes nothing.
   *
   * @return names of its pieces
   * @throws dev.temps.kit.ProblemException 422 when a byte of it is not as it was written
   */
  public Set<String> check(Recovered key) {
    Set<String> names = new TreeSet<>();
    try {
      extract(
          key,
          (name, content) -> {
            content.transferTo(OutputStream.nullOutputStream());
            names.add(name);
          });
    } catch (IOException e) {
      throw SnapshotDamage.unreadable(path, e);
    }
    boolean whole =
        names.contains(Pieces.SERVE) && (!header.hasStore() || names.contains(Pieces.STORE));
    if (!whole) {
      throw SnapshotDamage.damaged(path, "it lacks the store or its settings", null);
    }
    return names;
  }

  /**
   * Gives every piece to {@code taker}, then makes sure that the file ends where it should.
   *
   * @throws IOException what {@code taker} throws
   */
  public void extract(Recovered key, Taker taker) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path))) {
      SnapshotFormat.Beginning begin = SnapshotFormat.read(path, file);
      byte[] salt = Base64.getDecoder().decode(begin.header().salt());
      InputStream opened = key.opening(salt, begin.context(), file);
      ZipInputStream zip = new ZipInputStream(opened);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        taker.take(entry.getName(), zip);
      }
      opened.transferTo(OutputStream.nullOutputStream());
    } catch (SealedFileDamagedException e) {
      throw SnapshotDamage.damaged(path, String.valueOf(e.getMessage()), e);
    } catch (ZipException | IllegalArgumentException e) {
      throw SnapshotDamage.damaged(path, "it does not unpack: " + e.getMessage(), e);
    }
  }
}
